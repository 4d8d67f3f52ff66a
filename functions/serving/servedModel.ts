import { calibrate } from "../../shared/calibration/calibrator.ts";
import { BASE_GRANULARITY } from "../../shared/domain/granularity.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { barEndAfter } from "../../shared/domain/lateness.ts";
import { nextMarketOpen } from "../../shared/domain/marketCalendar.ts";
import { AppError } from "../../shared/errors.ts";
import type { ViewSchema } from "../../shared/features/viewSchema.ts";
import type { KnownViews } from "../../shared/features/views.ts";
import type { Explanation } from "../../shared/models/explanation.ts";
import type { ModelCard } from "../../shared/models/modelCard.ts";
import { type OpenModel, openModel } from "../../shared/models/openModel.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";
import type { OnnxRuntime } from "../../shared/ports/onnxRuntime.ts";
import { readModelFiles } from "./readModelFiles.ts";
import { remembering } from "./remembering.ts";
import { rememberingLast } from "./rememberingLast.ts";

/** A model ready to answer, and where each of its inputs stands. */
export interface ServedModel {
  readonly card: ModelCard;
  readonly version: string;
  /** The probability of a rise that it says of its inputs: of trees at once. */
  readonly score: OpenModel["score"];
  /** What its inputs did to that; of one row that is asked about again and again, worked out once. */
  readonly explain: (inputs: Float32Array) => Explanation;
  /** The views whose rows it reads: the market's first. */
  readonly views: readonly ViewSchema[];
  /** Equal for models that read the same views. */
  readonly views_key: string;
  readonly inputs: readonly InputPlace[];
  /** Which of its inputs the interval for the return is measured by; -1 without one. */
  readonly volatility_at: number;
  /** The bar that a row of this event_time predicts. */
  target(event_time: Instant): TargetBar;
}

/** What a prediction is about: from the open of the market's first bar after the row to the end of the model's horizon. */
export interface TargetBar {
  readonly start: Instant;
  readonly end: Instant;
  /** End of the first bar after the row. From then on there is a newer row, however far the model looks ahead. */
  readonly row_until: Instant;
}

export interface ModelAnswer {
  /** Calibrated. */
  readonly prediction: number;
  /** What the trees say. */
  readonly raw: number;
  /** The model's inputs, in its order, as the trees saw them; NaN for missing. */
  readonly inputs: Float32Array;
}

/** Where an input of a model stands: in the row of which of its views, and where in that row. */
interface InputPlace {
  readonly view: number;
  readonly position: number;
}

/** Loads a version's trees and card from the lake and checks that they are as registered, and read rows of views that are built. */
export async function loadServedModel(
  lake: Pick<ObjectStore, "get">,
  source: string,
  version: string,
  known: KnownViews,
  onnx: OnnxRuntime,
): Promise<ServedModel> {
  const { card, model } = await readModelFiles(lake, source, version);
  const views = viewsOfCard(card, version, known);
  const { score, explain: explainRow } = await openModel(card, model, onnx);
  const { feature_names, calibration } = card;
  const explain = rememberingLast((inputs) => ({ explained: explainRow(inputs), feature_names, inputs, calibration: calibration.kind }));
  const target = remembering((event_time: Instant) => targetOf(card, event_time));
  const views_key = views.map(({ name, schema_hash }) => `${name}@${schema_hash}`).join("+");
  const volatility_at = card.return_interval === null ? -1 : card.feature_names.indexOf(card.return_interval.volatility);
  return { card, version, score, explain, views, views_key, inputs: placesOf(card, views), volatility_at, target };
}

/**
 * The views of the card, each of the schema that it was trained on: a model from before a formula changed reads the one from before, as long
 * as the installation knows it. A model without the market's view would have nothing to describe the moment with: it is as wrong as one of
 * a schema that nobody builds.
 */
function viewsOfCard(card: ModelCard, version: string, { present, retired }: KnownViews): readonly ViewSchema[] {
  const all = [...present, ...retired];
  const found = card.views.map(({ view, schema_hash }) => all.find((known) => known.name === view && known.schema_hash === schema_hash));
  const views = present.flatMap(({ name }) => found.find((view) => view?.name === name) ?? []);
  if (views.length === card.views.length && views[0]?.name === present[0]?.name) return views;
  const trained = card.views.map(({ view, schema_hash }) => `${view}@${schema_hash}`).join(" and ");
  const built = present.map(({ name, schema_hash }) => `${name}@${schema_hash}`).join(" and ");
  throw new AppError(
    "schema_mismatch",
    `${card.name}/${version} was trained on ${trained}, but this installation builds ${built}. Train a model on the present features.`,
    { status: 503 },
  );
}

function placesOf(card: ModelCard, views: readonly ViewSchema[]): readonly InputPlace[] {
  const places = new Map(views.flatMap(({ features }, view) => features.map(({ name }, position) => [name, { view, position }] as const)));
  return card.feature_names.map((name) => {
    const place = places.get(name);
    if (place === undefined)
      throw new AppError("schema_mismatch", `${card.name} reads ${name}, which none of its views has.`, { status: 503 });
    return place;
  });
}

/** Calibrated probability of a rise from a row of each of the model's views; the features of one that is null are missing. */
export async function answer({ card, inputs: places, score }: ServedModel, rows: readonly (Float64Array | null)[]): Promise<ModelAnswer> {
  const inputs = new Float32Array(places.length);
  for (let i = 0; i < inputs.length; i++) {
    const { view, position } = places[i]!;
    inputs[i] = rows[view]?.[position] ?? Number.NaN;
  }
  const said = score(inputs);
  const raw = typeof said === "number" ? said : await said;
  return { prediction: calibrate(card.calibration, raw), raw, inputs };
}

function targetOf({ horizon_bars }: ModelCard, event_time: Instant): TargetBar {
  const ends = (bars: number) => barEndAfter(event_time, BASE_GRANULARITY, bars);
  return { start: nextMarketOpen(event_time), end: ends(horizon_bars), row_until: ends(1) };
}
