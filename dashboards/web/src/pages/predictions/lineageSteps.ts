import type { readPrediction } from "../../../../../shared/contracts/predictions.ts";
import type { AnswerOf } from "../../../../../shared/contracts/route/routeTypes.ts";
import { byCount } from "../../../../../shared/domain/byCount.ts";
import { counted } from "../../../../../shared/domain/counted.ts";
import { DAY, HOUR } from "../../../../../shared/domain/instant.ts";

export type PredictionView = AnswerOf<typeof readPrediction>;
export type BronzeObjectView = PredictionView["lineage"]["bronze_objects"][number];

/** A fact of a step: text, a moment (`at`, ISO), or what the step is known by (`code`). */
export type LineageFact = { readonly name: string } & (
  | { readonly text: string }
  | { readonly at: string | null }
  | { readonly code: string }
);

/** Where a step leads: a page of the application with what it is asked for, or a file. */
export type LineageLink =
  | { readonly text: string; readonly page: string; readonly parts: readonly string[]; readonly query: Readonly<Record<string, string>> }
  | { readonly text: string; readonly file: string };

export interface LineageStep {
  readonly kind: "prediction" | "model" | "training_set" | "feature_row" | "bars" | "bronze";
  readonly title: string;
  /** What it has to do with the step before it. */
  readonly sentence: string;
  readonly facts: readonly LineageFact[];
  readonly links: readonly LineageLink[];
  /** Of the last step: what was received, of the pair itself first, the newest first. */
  readonly objects?: readonly BronzeObjectView[];
}

const iso = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");
const page = (text: string, name: string, parts: readonly string[] = [], query: Readonly<Record<string, string>> = {}): LineageLink => ({
  ...{ text, page: name, parts, query },
});

/** The way back from a prediction to what was received from outside, a step each. What is not known is a step that says so. */
export function lineageSteps(prediction: PredictionView): LineageStep[] {
  const { lineage } = prediction;
  return [
    predictionStep(prediction),
    modelStep(prediction),
    trainingStep(lineage.training_set),
    ...lineage.feature_rows.map((row) => featureStep(prediction.instrument, row)),
    barsStep(prediction),
    bronzeStep(prediction),
  ];
}

function predictionStep({ prediction_id, requested_at, target_start }: PredictionView): LineageStep {
  return {
    kind: "prediction",
    title: "The prediction",
    sentence: "What was answered.",
    facts: [
      { name: "id", code: prediction_id },
      { name: "answered at", at: requested_at },
      { name: "about the hour from", at: target_start },
    ],
    links: [],
  };
}

function modelStep({ lineage: { model } }: PredictionView): LineageStep {
  return {
    kind: "model",
    title: `Model ${model.name}, version ${model.version}`,
    sentence: "The version that was in Production then, and answered.",
    facts: [
      { name: "trained on what was known until", at: model.trained_until },
      { name: "run", code: model.run_id ?? "not known" },
      { name: "XGBoost", text: model.library_version ?? "not known" },
    ],
    links: [page("the model's page", "models", [model.name, model.version])],
  };
}

function trainingStep(set: PredictionView["lineage"]["training_set"]): LineageStep {
  if (set === null)
    return {
      ...{ kind: "training_set", title: "Training set", facts: [], links: [] },
      sentence: "It is not in this store: the version was trained elsewhere, or the file has been deleted since.",
    };
  return {
    kind: "training_set",
    title: `Training set of ${set.rows.toLocaleString("en-US")} ${byCount(set.rows, "row", "rows")}`,
    sentence: "What the version was trained on: one Parquet file, named by its own hash.",
    facts: [
      { name: "SHA-256", code: set.sha256 },
      { name: "first row", at: set.first_event_time },
      { name: "last row", at: set.last_event_time },
      { name: "nothing known later than", at: set.as_of },
    ],
    links: [{ text: "the file (Parquet)", file: `/api/datasets/${set.sha256}.parquet` }],
  };
}

function featureStep(instrument: string, row: PredictionView["lineage"]["feature_rows"][number]): LineageStep {
  if (row.event_time === null)
    return {
      ...{ kind: "feature_row", title: `No row of ${row.view}`, facts: [], links: [page("the view", "features", [row.view])] },
      sentence: "The model had none: what was there was older than its time to live, or nothing was.",
    };
  const agrees =
    row.matches === null
      ? "Whether the stored values are those of the answer is not known."
      : row.matches
        ? "The stored values are those that the answer was made of, to the bit."
        : "The stored values are others than the answer was made of.";
  return {
    kind: "feature_row",
    title: `Row of ${row.view}`,
    sentence: `What the model looked at. ${agrees}`,
    facts: [
      { name: "of the moment", at: row.event_time },
      { name: "could be computed since", at: row.created_time },
      { name: "in this store since", at: row.recorded_at },
      { name: "schema", code: row.schema_hash },
    ],
    links: [page("the row on its page", "features", [], { instrument, show: "row", of: row.view, at: row.event_time })],
  };
}

function barsStep({ instrument, event_time, target_start, target_end, lineage }: PredictionView): LineageStep {
  const own = lineage.bronze_objects.filter((object) => object.instrument === instrument);
  const first = own.map(({ first_start }) => first_start).sort()[0];
  const bars = lineage.bronze_objects.reduce((sum, object) => sum + object.bars, 0);
  const pairs = new Set(lineage.bronze_objects.map((object) => object.instrument)).size;
  return {
    kind: "bars",
    title: bars === 0 ? "Bars" : `${bars.toLocaleString("en-US")} ${byCount(bars, "bar", "bars")} of ${counted(pairs, "pair")}`,
    sentence: "What the row of market features is computed from: hourly bars of the pair and of those that it is compared with.",
    facts: [
      { name: "first bar of the pair", at: first ?? null },
      { name: "last bar ends at", at: event_time },
    ],
    links: [
      page("the market at that moment", "market", [], {
        ...{ instrument, from: iso(Date.parse(event_time) - 3 * DAY), to: iso(Date.parse(target_end) + 6 * HOUR), at: target_start },
      }),
    ],
  };
}

function bronzeStep({ instrument, lineage: { bronze_objects } }: PredictionView): LineageStep {
  const step = { kind: "bronze", title: "Bronze objects", facts: [], links: [] } as const;
  if (bronze_objects.length === 0) return { ...step, sentence: "Which objects the bars came from is not known: see what cannot be told." };
  const rank = (object: BronzeObjectView) => (object.instrument === instrument ? 0 : 1);
  const objects = bronze_objects.toSorted(
    (a, b) => rank(a) - rank(b) || a.instrument.localeCompare(b.instrument) || b.last_start.localeCompare(a.last_start),
  );
  return {
    ...step,
    title: counted(objects.length, "bronze object"),
    sentence: "What was received from outside, as it was received: the bars stand in them, a line each.",
    objects,
  };
}
