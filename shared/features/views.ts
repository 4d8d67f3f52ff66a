import type { Instrument } from "../domain/instrument.ts";
import { NEWS_FEATURES } from "./news/newsView.ts";
import { marketFeatures, SILVER_VIEWS } from "./registry.ts";
import { retiredMarketFeatures } from "./retiredViews.ts";
import type { ViewSchema } from "./viewSchema.ts";

/** One kind of features that a model may read: a gold view, as it is built now and as it was. */
export interface FeatureFamily {
  /** The present schema, which may follow the configured instruments. */
  view(instruments: readonly Instrument[]): ViewSchema;
  /** Earlier schemas that are built on while a model in Production reads them, newest first. */
  retired?(instruments: readonly Instrument[]): readonly ViewSchema[];
  /** Views on its way that are materialized with it and that no model reads. */
  readonly silver?: readonly ViewSchema[];
}

/**
 * All of them, a line each, in the order of a model's columns. The first is the market's, whose rows are the moments that answers and
 * training rows are about: a model always reads it. Serving, training sets, materialization, the watch over freshness and the counters of
 * changes go over this list, and a model reads those of its card.
 */
export const FEATURE_FAMILIES: readonly FeatureFamily[] = [
  { view: marketFeatures, retired: retiredMarketFeatures, silver: SILVER_VIEWS },
  { view: () => NEWS_FEATURES },
];

/** What an installation builds: which instruments, and of which families (those above, unless a test has its own). */
export interface ViewConfig {
  readonly instruments: readonly Instrument[];
  readonly families?: readonly FeatureFamily[];
}

/** The views that a model of this installation may read, in the order of its columns: the market's first. */
export function modelViews({ instruments, families = FEATURE_FAMILIES }: ViewConfig): readonly ViewSchema[] {
  return families.map(({ view }) => view(instruments));
}

/** Those, and the silver views: all whose newest rows are kept online. */
export function materializedViews({ instruments, families = FEATURE_FAMILIES }: ViewConfig): readonly ViewSchema[] {
  return families.flatMap(({ view, silver = [] }) => [...silver, view(instruments)]);
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
