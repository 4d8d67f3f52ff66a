/** What a feature's values may be, both ends inclusive. */
export interface FeatureRange {
  readonly min: number;
  readonly max: number;
  /** Whole numbers alone. */
  readonly whole?: true;
}

/** A share of a price, or a volatility: neither is negative, and neither is more than the price. */
export const UP_TO_ONE: FeatureRange = { min: 0, max: 1 };

/** Of the last of n values in sample standard deviations from their mean, itself among them: (n - 1) / sqrt(n) at most. n = 20. */
export const ZSCORE_OF_20: FeatureRange = { min: -19 / Math.sqrt(20), max: 19 / Math.sqrt(20) };
