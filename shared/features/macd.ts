import { NEVER_NULL } from "./checks/nullLimit.ts";
import { inLanes, padded } from "./columns/lanes.ts";
import { defineFeature } from "./defineFeature.ts";
import { ewma, ewmaPath, ewmaWeights, SPANS_BACK } from "./ewma.ts";

const FAST_SPAN = 12;
const SLOW_SPAN = 26;
const SIGNAL_SPAN = 9;
const MEMORY = SPANS_BACK * SLOW_SPAN;

export const macd_hist = defineFeature({
  name: "macd_hist",
  version: 1,
  unit: "ratio",
  nulls: NEVER_NULL,
  range: { min: -1, max: 1 },
  lookback_bars: MEMORY,
  description: "MACD (12, 26, 9) histogram of mid, divided by mid.",
  formula:
    "MACD histogram over mid: (M - ewma9(M)) / mid with M = ewma12(mid) - ewma26(mid), so that it does not scale with the price. Warm-up = lookback = 260 bars, ten slow spans: cutting there moves it by less than 6e-9 of the range of mid. Appel 2005, Technical Analysis.",
  compute: (w) => {
    const close = w.mid_c;
    const fast = ewmaPath(close, FAST_SPAN);
    const slow = ewmaPath(close, SLOW_SPAN);
    for (let i = 0; i < fast.length; i++) fast[i] = fast[i]! - slow[i]!;
    const last = close.length - 1;
    return (fast[last]! - ewma(fast, SIGNAL_SPAN)) / close[last]!;
  },
  column: ({ mid_c, length }) => {
    const closes = padded(mid_c, LANES);
    const histograms = inLanes(length, MEMORY, LANES, (from, out) => walk(closes, from, out));
    return histograms.map((histogram, t) => histogram / mid_c[t]!);
  },
});

const LANES = 4;
const [FAST_KEEP, SLOW_KEEP, SIGNAL_KEEP] = [1 - 2 / (FAST_SPAN + 1), 1 - 2 / (SLOW_SPAN + 1), 1 - 2 / (SIGNAL_SPAN + 1)];
const FAST_WEIGHTS = ewmaWeights(FAST_SPAN, MEMORY);
const SLOW_WEIGHTS = ewmaWeights(SLOW_SPAN, MEMORY);
const SIGNAL_WEIGHT = ewmaWeights(SIGNAL_SPAN, MEMORY)[MEMORY - 1]!;

/** The histograms, not yet divided by mid, of four neighbouring bars: their three averages, in step. */
function walk(closes: Float64Array, from: number, out: Float64Array): void {
  let [f0, f1, f2, f3] = [0, 0, 0, 0];
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let [m0, m1, m2, m3] = [0, 0, 0, 0];
  let [g0, g1, g2, g3] = [0, 0, 0, 0];
  for (let i = 0; i < MEMORY; i++) {
    const at = from + i;
    const fast_weight = FAST_WEIGHTS[i]!;
    const slow_weight = SLOW_WEIGHTS[i]!;
    f0 = f0 * FAST_KEEP + closes[at]!;
    f1 = f1 * FAST_KEEP + closes[at + 1]!;
    f2 = f2 * FAST_KEEP + closes[at + 2]!;
    f3 = f3 * FAST_KEEP + closes[at + 3]!;
    s0 = s0 * SLOW_KEEP + closes[at]!;
    s1 = s1 * SLOW_KEEP + closes[at + 1]!;
    s2 = s2 * SLOW_KEEP + closes[at + 2]!;
    s3 = s3 * SLOW_KEEP + closes[at + 3]!;
    m0 = f0 / fast_weight - s0 / slow_weight;
    m1 = f1 / fast_weight - s1 / slow_weight;
    m2 = f2 / fast_weight - s2 / slow_weight;
    m3 = f3 / fast_weight - s3 / slow_weight;
    g0 = g0 * SIGNAL_KEEP + m0;
    g1 = g1 * SIGNAL_KEEP + m1;
    g2 = g2 * SIGNAL_KEEP + m2;
    g3 = g3 * SIGNAL_KEEP + m3;
  }
  out.set([m0 - g0 / SIGNAL_WEIGHT, m1 - g1 / SIGNAL_WEIGHT, m2 - g2 / SIGNAL_WEIGHT, m3 - g3 / SIGNAL_WEIGHT]);
}
