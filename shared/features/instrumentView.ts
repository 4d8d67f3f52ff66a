import type { Instrument } from "../domain/instrument.ts";
import { featureListHash, type ViewFeature, type ViewSchema } from "./viewSchema.ts";

const NAME = "instrument";
const FLAG = /^is_([A-Z]{3}_[A-Z]{3})$/;

/** Of a pooled training set: 1 in the rows of the pair, 0 in those of the others. */
export function instrumentFlag(instrument: Instrument): string {
  return `is_${instrument}`;
}

/** The pairs of a pooled training set, by the names of its columns and in their order; none of a set of one pair. */
export function poolOf(feature_names: readonly string[]): readonly Instrument[] {
  return feature_names.flatMap((name) => FLAG.exec(name)?.[1] ?? []);
}

/**
 * Which pair a row is of, as features. No store has rows of it: a moment's pair is known with the question. Its hash names the pairs, so
 * that a model of some is never taken for one of others.
 */
function instrumentView(pairs: readonly Instrument[]): ViewSchema {
  const features = pairs.map(
    (pair): ViewFeature => ({
      name: instrumentFlag(pair),
      version: 1,
      unit: "flag",
      description: `1 in the rows of ${pair}, 0 in those of the other pairs.`,
      formula: null,
      lookback_bars: 1,
      warm_up_bars: 1,
      leg: null,
    }),
  );
  const stored = { source: NAME, when_missing: "nulls", ttl_ms: Number.MAX_SAFE_INTEGER, market_hours: false } as const;
  const about = { description: "Which pair a row of a pooled training set is of.", owner: "model_training", tags: { family: NAME } };
  return { name: NAME, about, ...stored, features, schema_hash: featureListHash(NAME, features) };
}

/** The views, and behind them that of the pair where a set with such columns is of several. */
export function withInstrumentView(views: readonly ViewSchema[], feature_names: readonly string[]): readonly ViewSchema[] {
  const pairs = poolOf(feature_names);
  return pairs.length === 0 ? views : [...views, instrumentView(pairs)];
}
