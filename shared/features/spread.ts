import { UP_TO_ONE, ZSCORE_OF_20 } from "./checks/featureRange.ts";
import { eachBar } from "./columns/eachBar.ts";
import { rolling } from "./columns/rolling.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { defineFeature } from "./defineFeature.ts";
import type { MarketWindow } from "./marketWindow.ts";
import { mean, meanOfRange, stdOfRange, zscoreOfLast } from "./stats.ts";

const BARS = 20;

/** ask - bid at each bar's close; NaN for a bar that has only a mid price. */
function closeSpreads(w: MarketWindow): Float64Array {
  const bid = w.bid_c;
  return w.ask_c.map((ask, i) => ask - bid[i]!);
}

/** The same of all bars. */
const spreads: ColumnMaker = ({ bid_c, ask_c, length }) => eachBar(length, (t) => ask_c[t]! - bid_c[t]!);
const spreadMeans: ColumnMaker = (_series, shared) => rolling(shared.of(spreads), BARS, meanOfRange);

export const spread = defineFeature({
  name: "spread",
  version: 1,
  unit: "price",
  lookback_bars: 1,
  description: "Ask close minus bid close, in quote currency.",
  formula: "ask_close - bid_close, in quote currency. Null without bid and ask.",
  compute: (w) => w.ask_c[0]! - w.bid_c[0]!,
  column: (_series, shared) => shared.of(spreads),
});

export const spread_pct = defineFeature({
  name: "spread_pct",
  version: 1,
  unit: "ratio",
  nulls: { most: 0, without: "spread" },
  range: UP_TO_ONE,
  lookback_bars: 1,
  description: "Closing spread as a share of mid: the cost of a round trip.",
  formula: "spread / mid: the cost of a round trip as a share of the price.",
  compute: (w) => (w.ask_c[0]! - w.bid_c[0]!) / w.mid_c[0]!,
  column: ({ mid_c, length }, shared) => {
    const wide = shared.of(spreads);
    return eachBar(length, (t) => wide[t]! / mid_c[t]!);
  },
});

export const spread_ma_20 = defineFeature({
  name: "spread_ma_20",
  version: 1,
  unit: "price",
  nulls: { most: 0.5, without: "spread" },
  lookback_bars: BARS,
  description: "Mean closing spread of the last 20 bars, in quote currency.",
  formula: "mean20(spread). Warm-up: 20 bars, each with bid and ask.",
  compute: (w) => mean(closeSpreads(w)),
  column: (_series, shared) => shared.of(spreadMeans),
});

export const spread_zscore_20 = defineFeature({
  name: "spread_zscore_20",
  version: 1,
  unit: "std",
  range: ZSCORE_OF_20,
  lookback_bars: BARS,
  description: "Distance of the closing spread from its 20-bar mean, in sample standard deviations of the spread.",
  formula: "(spread - mean20(spread)) / std20(spread), sample std. Null when the spread was the same 20 times.",
  compute: (w) => zscoreOfLast(closeSpreads(w)),
  column: ({ length }, shared) => {
    const [wide, means] = [shared.of(spreads), shared.of(spreadMeans)];
    const stds = rolling(wide, BARS, stdOfRange);
    return eachBar(length, (t) => (wide[t]! - means[t]!) / stds[t]!);
  },
});

export const range_to_spread = defineFeature({
  name: "range_to_spread",
  version: 1,
  unit: "ratio",
  range: { min: 0, max: 1e12 },
  lookback_bars: 1,
  description: "High minus low of mid in units of the closing spread: whether the bar moved more than it costs to trade.",
  formula: "(high - low) / spread, mid prices: how many spreads the bar travelled. Null when the spread is 0 or unknown.",
  compute: (w) => (w.mid_h[0]! - w.mid_l[0]!) / (w.ask_c[0]! - w.bid_c[0]!),
  column: ({ mid_h, mid_l, length }, shared) => {
    const wide = shared.of(spreads);
    return eachBar(length, (t) => (mid_h[t]! - mid_l[t]!) / wide[t]!);
  },
});
