import { canonicalJson, sha256Hex } from "../domain/hash.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { RegisteredView } from "../ports/featureStore.ts";
import type { FeatureRange } from "./checks/featureRange.ts";
import type { NullLimit } from "./checks/nullLimit.ts";

/** What a feature is measured in. The first four are levels: they drift with the price or the feed (see modelFeatures.ts). */
export type FeatureUnit =
  | "price"
  | "ticks"
  | "base_units"
  | "log_return_per_tick"
  | "log_return"
  | "std"
  | "ratio"
  | "percent_0_100"
  | "fraction_0_1"
  | "correlation"
  | "flag"
  | "unit_circle"
  | "hours"
  | "bars"
  | "pairs"
  | "signed_score"
  | "articles"
  | "minutes";

/** What is known of any feature, whatever it is computed from. */
export interface ViewFeature {
  readonly name: string;
  /** Goes up by one whenever the formula can give another value for the same inputs. */
  readonly version: number;
  readonly unit: FeatureUnit;
  /** What its values may be, checked with every build; left out: what its unit allows (checks/featureRange.ts). */
  readonly range?: FeatureRange;
  /** How many of its rows may be null; left out: as many as there are. */
  readonly nulls?: NullLimit;
  readonly description: string;
  /** The equation, with warm-up, when it is null and where it is from; null where the description says that. */
  readonly formula: string | null;
  /** Bars of the market, or hours of news, that the value depends on. */
  readonly lookback_bars: number;
  /** With fewer than this the value is null. */
  readonly warm_up_bars: number;
  /** The other instrument that the feature is about, if one: null in that instrument's own rows. */
  readonly leg: Instrument | null;
  /**
   * Whose bars the value is computed from: OWN_BARS (barsOf.ts), and other instruments, of which the row's own is never one. Left out: those of the
   * row's own.
   */
  readonly bars_of?: readonly string[];
}

/**
 * What a view is computed from: bars, the scores of articles, the articles as silver, what a further family brings, or "pushes". The changes of each are
 * counted by themselves (functions/adapters/libsql/features/inputRevision.ts).
 */
export type ViewSource = "bars" | "scores" | "articles" | (string & {});

/** What people are told of a view. */
export interface ViewAbout {
  readonly description: string;
  /** Who writes its rows: the DAG that builds it. */
  readonly owner: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** An ordered set of features that are stored and served as one row. */
export interface ViewSchema {
  readonly name: string;
  readonly about: ViewAbout;
  readonly source: ViewSource;
  /**
   * What a moment without a fresh row of it is, for a model that reads it. no_row: no row of a training set, and no answer. nulls: its
   * features are missing, and an answer says so.
   */
  readonly when_missing: "no_row" | "nulls";
  /** How old a row may be and still be served. */
  readonly ttl_ms: number;
  /** The age of a row of market features counts while the market is open; that of news on the wall clock: the world does not close. */
  readonly market_hours: boolean;
  readonly features: readonly ViewFeature[];
  /** Names what a row's values mean: it changes with any name, version or position. */
  readonly schema_hash: string;
}

/** First 16 hex digits of SHA-256 over a name and the ordered name@version of its features. */
export function featureListHash(name: string, features: readonly Pick<ViewFeature, "name" | "version">[]): string {
  return sha256Hex(canonicalJson({ name, features: features.map(featureKey) })).slice(0, 16);
}

/** The key under which a feature's values may be compared: same key, same formula. */
export function featureKey(feature: Pick<ViewFeature, "name" | "version">): string {
  return `${feature.name}@${feature.version}`;
}

/** How the stores are told which rows are meant. */
export function referenceOf(view: Pick<ViewSchema, "name" | "schema_hash">): Pick<RegisteredView, "view" | "schema_hash"> {
  return { view: view.name, schema_hash: view.schema_hash };
}

/** The view as the feature store registers it. */
export function toRegisteredView(view: ViewSchema): RegisteredView {
  return {
    ...referenceOf(view),
    ttl_ms: view.ttl_ms,
    features: view.features.map(({ name, version, unit, lookback_bars, warm_up_bars, description }) => ({
      name,
      version,
      unit,
      lookback_bars,
      warm_up_bars,
      description,
    })),
  };
}
