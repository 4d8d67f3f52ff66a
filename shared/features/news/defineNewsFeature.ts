import { counted } from "../../domain/counted.ts";
import type { FeatureRange } from "../checks/featureRange.ts";
import type { NullLimit } from "../checks/nullLimit.ts";
import { checksOfLag } from "../defineFeature.ts";
import type { FeatureUnit, ViewFeature } from "../viewSchema.ts";
import type { NewsWindow } from "./newsWindow.ts";

/** A feature of news. Its lookback counts hours, as the rows are hourly; it has no warm-up. */
export interface NewsFeature extends ViewFeature {
  /** The value at the window's event time, always finite; null where no article says anything. */
  compute(window: NewsWindow): number | null;
}

export interface NewsFeatureDefinition {
  readonly name: string;
  readonly version: number;
  readonly unit: FeatureUnit;
  readonly range?: FeatureRange;
  readonly nulls?: NullLimit;
  readonly lookback_hours: number;
  readonly description: string;
  /** The equation, where the description is none. */
  readonly formula?: string;
  /** Sees the articles of the last `lookback_hours`. NaN and infinities count as null. */
  compute(window: NewsWindow): number | null;
}

/** Wraps a formula with what holds for every feature: bounded sight, and null for whatever is not finite. */
export function defineNewsFeature({ lookback_hours, compute: formula, ...definition }: NewsFeatureDefinition): NewsFeature {
  return {
    ...definition,
    formula: definition.formula ?? null,
    lookback_bars: lookback_hours,
    warm_up_bars: 1,
    leg: null,
    compute: (window) => {
      const value = formula(window.within(lookback_hours));
      return value !== null && Number.isFinite(value) ? value : null;
    },
  };
}

/** `<name>_lag_<hours>`: the same feature as it was so many hours earlier. Its value is that of the earlier row to the bit. */
export function laggedNews(feature: NewsFeature, hours: number): NewsFeature {
  return defineNewsFeature({
    name: `${feature.name}_lag_${hours}`,
    version: feature.version,
    unit: feature.unit,
    ...checksOfLag(feature),
    lookback_hours: feature.lookback_bars + hours,
    description: `${feature.name} of ${counted(hours, "hour")} earlier.`,
    formula: `${feature.name} of the row of ${counted(hours, "hour")} earlier, to the bit. ${feature.name} is: ${feature.formula ?? feature.description}`,
    compute: (w) => feature.compute(w.lag(hours)),
  });
}
