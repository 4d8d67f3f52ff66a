import type { FeatureUnit, ViewFeature } from "../viewSchema.ts";
import type { FeatureRange } from "./featureRange.ts";

/**
 * What a unit allows where a feature says no more: what its formula cannot leave, or what no market has been near. A value outside is
 * broken, and not rare: a currency that loses a third of its value in an hour, as the franc's peg did in 2015, moves by 0.4 in log return.
 */
const UNIT_RANGES: Readonly<Record<FeatureUnit, FeatureRange>> = {
  price: { min: 0, max: 1e7 },
  ticks: { min: 0, max: 1e15 },
  base_units: { min: 0, max: 1e15 },
  log_return_per_tick: { min: 0, max: 1 },
  log_return: { min: -1, max: 1 },
  std: { min: -100, max: 100 },
  ratio: { min: -1e12, max: 1e12 },
  percent_0_100: { min: 0, max: 100 },
  fraction_0_1: { min: 0, max: 1 },
  correlation: { min: -1, max: 1 },
  flag: { min: 0, max: 1, whole: true },
  unit_circle: { min: -1, max: 1 },
  hours: { min: 0, max: 1e6 },
  bars: { min: 0, max: 1e6 },
  pairs: { min: 0, max: 1_000, whole: true },
  signed_score: { min: -1, max: 1 },
  articles: { min: 0, max: 1e6, whole: true },
  minutes: { min: 0, max: 1e7 },
};

export function rangeOf({ range, unit }: Pick<ViewFeature, "range" | "unit">): FeatureRange {
  return range ?? UNIT_RANGES[unit];
}
