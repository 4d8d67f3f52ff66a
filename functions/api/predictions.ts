import { listPredictions, readPrediction } from "../../shared/contracts/predictions.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { AppError } from "../../shared/errors.ts";
import type { PredictionMark } from "../../shared/ports/predictionReader.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { KnownInstruments } from "./instruments.ts";
import { lineageOf } from "./lineageOf.ts";
import { outcomesFor } from "./outcomesFor.ts";
import { viewOfServed } from "./viewOfServed.ts";

/** What was really answered, from the prediction log: a prediction is there within a second or two of its answer. */
export function predictionRoutes(ports: Ports, known: KnownInstruments): MountedRoute[] {
  return [
    handle(listPredictions, async ({ query: { instrument, from = null, to = null, source = null, limit, cursor } }) => {
      await known.require(instrument);
      const after = cursor === undefined ? null : readCursor(cursor);
      const found = await ports.predictions.list({ instrument, from, to, source, after, limit: limit + 1 });
      const page = found.slice(0, limit);
      const outcomes = await outcomesFor(ports, instrument, page);
      return {
        predictions: page.map((one) => viewOfServed(one, outcomes(one))),
        next_cursor: found.length > limit ? cursorOf(page.at(-1)!) : null,
      };
    }),
    handle(readPrediction, async ({ params: { prediction_id } }) => {
      const found = await ports.predictions.find(prediction_id);
      if (found === null) throw unknownPrediction(prediction_id);
      const outcomes = await outcomesFor(ports, found.instrument, [found]);
      const { feature_names, lineage } = await lineageOf(ports, found);
      const features = found.features.map((value, index) => ({ feature: feature_names[index] ?? `input_${index}`, value }));
      return { ...viewOfServed(found, outcomes(found)), features, lineage };
    }),
  ];
}

export function unknownPrediction(prediction_id: string): AppError {
  const said = prediction_id.slice(0, 80);
  return new AppError(
    "not_found",
    `prediction_id: "${said}" is not in the log. An answer is there within seconds; what no answer gave as its prediction_id never will be.`,
    { status: 404, details: { field: "prediction_id" } },
  );
}

/** Where a page ended, as text: 1750853999000_0ebb09aa-…. Ids are UUIDs, and the pipeline's are pipeline-USD_SGD-…Z: good in a URL as they are. */
function cursorOf({ requested_at, prediction_id }: PredictionMark): string {
  return `${requested_at}_${prediction_id}`;
}

function readCursor(text: string): PredictionMark {
  const [, requested_at, prediction_id] = /^(-?\d{1,15})_(.+)$/.exec(text) ?? [];
  if (requested_at !== undefined && prediction_id !== undefined) return { requested_at: Number(requested_at), prediction_id };
  throw new AppError("invalid_request", "cursor: this is no next_cursor of a page. Leave it out to begin with the newest.", {
    status: 422,
    details: { field: "cursor" },
  });
}
