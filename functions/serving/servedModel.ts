import { BASE_GRANULARITY } from "../../shared/domain/granularity.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { barEndAfter } from "../../shared/domain/lateness.ts";
import { nextMarketOpen } from "../../shared/domain/marketCalendar.ts";
import { AppError } from "../../shared/errors.ts";
import type { ViewSchema } from "../../shared/features/viewSchema.ts";
import type { ModelCard } from "../../shared/models/modelCard.ts";
import { parseTreeEnsemble } from "../../shared/models/parseTreeEnsemble.ts";
import { predictProbability, type TreeEnsemble } from "../../shared/models/treeEnsemble.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";
import { readModelFiles } from "./readModelFiles.ts";
import { remembering } from "./remembering.ts";

/** A model ready to answer: its trees, and where each of its inputs stands. */
export interface ServedModel {
  readonly card: ModelCard;
  readonly version: string;
  readonly trees: TreeEnsemble;
  /** Position of each input in a row of the market's view, or, from that view's length on, in a row of news. */
  readonly columns: Int32Array;
  readonly reads_news: boolean;
  /** The views whose rows it reads. */
  readonly views: ServedViews;
  /** The bar that a row of this event_time predicts. */
  target(event_time: Instant): TargetBar;
}

/** What a prediction is about: from the open of the market's first bar after the row to the end of the model's horizon. */
export interface TargetBar {
  readonly start: Instant;
  readonly end: Instant;
}

export interface ModelAnswer {
  readonly prediction: number;
  /** The model's inputs, in its order, as the trees saw them; NaN for missing. */
  readonly inputs: Float32Array;
}

/** The views that an installation builds and a model may read. */
export interface ServedViews {
  readonly market: ViewSchema;
  readonly news: ViewSchema;
}

/** The present ones, and earlier schemas of the market's that are built on while a model in Production reads them. */
export interface KnownViews extends ServedViews {
  readonly retired: readonly ViewSchema[];
}

/** Loads a version's trees and card from the lake and checks that they are as registered, and read rows of views that are built. */
export async function loadServedModel(lake: ObjectStore, source: string, version: string, known: KnownViews): Promise<ServedModel> {
  const { card, model } = await readModelFiles(lake, source, version);
  const views = viewsFor(card, known);
  requirePresentViews(card, version, views);
  const trees = parseTreeEnsemble(model, card.feature_names);
  const reads_news = card.views.some(({ view }) => view === views.news.name);
  const target = remembering((event_time) => targetOf(card, event_time));
  return { card, version, trees, columns: columnsOf(card, views), reads_news, views, target };
}

function targetOf({ horizon_bars }: ModelCard, event_time: Instant): TargetBar {
  return { start: nextMarketOpen(event_time), end: barEndAfter(event_time, BASE_GRANULARITY, horizon_bars) };
}

/** A model that was trained before a formula changed reads the schema from before, as long as the installation knows it. */
function viewsFor({ views }: ModelCard, { market, news, retired }: KnownViews): ServedViews {
  const trained_on = retired.find((view) =>
    views.some(({ view: name, schema_hash }) => name === view.name && schema_hash === view.schema_hash),
  );
  return { market: trained_on ?? market, news };
}

/** Probability of a rise from a row of the market and one of news; without the latter, its features are missing. */
export function answer(model: ServedModel, market: Float64Array, news: Float64Array | null): ModelAnswer {
  const inputs = new Float32Array(model.columns.length);
  for (let i = 0; i < inputs.length; i++) {
    const column = model.columns[i]!;
    inputs[i] = column < market.length ? market[column]! : (news?.[column - market.length] ?? Number.NaN);
  }
  return { prediction: predictProbability(model.trees, inputs), inputs };
}

/** A model without the market's view would have nothing to describe the moment with: it is as wrong as one of another schema. */
function requirePresentViews(card: ModelCard, version: string, { market, news }: ServedViews): void {
  const present = new Map([market, news].map((view) => [view.name, view.schema_hash]));
  const other = card.views.find(({ view, schema_hash }) => present.get(view) !== schema_hash);
  if (!other && card.views.some(({ view }) => view === market.name)) return;
  const [trained, built] = [card.views, [...present].map(([view, schema_hash]) => ({ view, schema_hash }))].map((list) =>
    list.map(({ view, schema_hash }) => `${view}@${schema_hash}`).join(" and "),
  );
  throw new AppError(
    "schema_mismatch",
    `${card.name}/${version} was trained on ${trained}, but this installation builds ${built}. Train a model on the present features.`,
    { status: 503 },
  );
}

function columnsOf(card: ModelCard, { market, news }: ServedViews): Int32Array {
  const reads_news = card.views.some(({ view }) => view === news.name);
  const features = [...market.features, ...(reads_news ? news.features : [])];
  const positions = new Map(features.map((feature, index) => [feature.name, index]));
  return Int32Array.from(card.feature_names, (name) => {
    const position = positions.get(name);
    if (position === undefined)
      throw new AppError("schema_mismatch", `${card.name} reads ${name}, which none of its views has.`, { status: 503 });
    return position;
  });
}
