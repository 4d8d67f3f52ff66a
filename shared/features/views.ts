import { DEFAULT_INSTRUMENTS, type Instrument } from "../domain/instrument.ts";
import { type ArticleView, NEWS_SENTIMENT } from "./news/articleView.ts";
import { NEWS_FEATURES } from "./news/newsView.ts";
import { PUSHED_VIEWS, type PushedView } from "./pushedViews.ts";
import { marketFeatures, SILVER_VIEWS } from "./registry.ts";
import { retiredMarketFeatures } from "./retiredViews.ts";
import type { ViewSchema, ViewSource } from "./viewSchema.ts";

/** One kind of features that a model may read: a gold view, as it is built now and as it was. */
export interface FeatureFamily {
  /** The present schema, which may follow the configured instruments. */
  view(instruments: readonly Instrument[]): ViewSchema;
  /** Earlier schemas that are built on while a model in Production reads them, newest first. */
  retired?(instruments: readonly Instrument[]): readonly ViewSchema[];
  /** Views on the way to it, which are materialized with it and which no model reads. */
  readonly silver?: readonly ViewSchema[];
  /** What on the way to it is kept by article, and told of in the catalogue. */
  readonly by_article?: readonly ArticleView[];
  /** What else on the way to it is kept current like a view, by name, and what that is made of. */
  readonly stages?: Readonly<Record<string, ViewSource>>;
}

/**
 * All of them, a line each, in the order of a model's columns. The first is the market's, whose rows are the moments that answers and
 * training rows are about: a model always reads it. Serving, training sets, materialization, the watch over freshness and the counters of
 * changes go over this list, and a model reads those of its card.
 */
export const FEATURE_FAMILIES: readonly FeatureFamily[] = [
  { view: marketFeatures, retired: retiredMarketFeatures, silver: SILVER_VIEWS },
  { view: () => NEWS_FEATURES, by_article: [NEWS_SENTIMENT], stages: { news_silver: "scores" } },
];

/** What an installation builds: which instruments, and of which families (those above, unless a test has its own). */
export interface ViewConfig {
  readonly instruments: readonly Instrument[];
  readonly families?: readonly FeatureFamily[];
  /** Views whose rows come from elsewhere; absent: PUSHED_VIEWS. */
  readonly pushed?: readonly PushedView[];
}

/** The views that a model of this installation may read, in the order of its columns: the market's first. */
export function modelViews({ instruments, families = FEATURE_FAMILIES }: ViewConfig): readonly ViewSchema[] {
  return families.map(({ view }) => view(instruments));
}

/** Those, and the silver views: all whose newest rows are kept online. */
export function materializedViews({ instruments, families = FEATURE_FAMILIES }: ViewConfig): readonly ViewSchema[] {
  return families.flatMap(({ view, silver = [] }) => [...silver, view(instruments)]);
}

/** Those whose rows are sent to it. */
export function pushedViews({ pushed = PUSHED_VIEWS }: ViewConfig): readonly PushedView[] {
  return pushed;
}

/** All whose rows are stored, and whose newest are kept online. */
export function storedViews(config: ViewConfig): readonly ViewSchema[] {
  return [...materializedViews(config), ...pushedViews(config)];
}

/** What each of them, and each stage on the way, is made of, by name: no name follows the instruments. */
export function viewSources(families: readonly FeatureFamily[] = FEATURE_FAMILIES): ReadonlyMap<string, ViewSource> {
  const views = materializedViews({ instruments: DEFAULT_INSTRUMENTS, families }).map(({ name, source }) => [name, source] as const);
  return new Map([...views, ...families.flatMap(({ stages = {} }) => Object.entries(stages))]);
}

/** Present views of models and earlier schemas of them. */
export interface KnownViews {
  readonly present: readonly ViewSchema[];
  readonly retired: readonly ViewSchema[];
}

export function knownViews(config: ViewConfig): KnownViews {
  const { instruments, families = FEATURE_FAMILIES } = config;
  return { present: modelViews(config), retired: families.flatMap(({ retired }) => retired?.(instruments) ?? []) };
}
