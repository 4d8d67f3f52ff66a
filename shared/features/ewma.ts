import { NEVER_NULL } from "./checks/nullLimit.ts";
import { decayedSums } from "./columns/decayedSums.ts";
import { eachBar } from "./columns/eachBar.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";
import { logReturn } from "./stats.ts";

/**
 * How many spans back a recursive average looks. With alpha = 2 / (span + 1), the weight beyond 10 spans is
 * (1 - alpha)^(10 span), below 2.1e-9 for spans from 5 up (its limit is e^-20): cutting there moves the average by less
 * than 2.1e-9 of the difference between the older prices' average and the window's.
 */
export const SPANS_BACK = 10;

/**
 * Exponentially weighted mean of all values with weights (1 - alpha)^age, alpha = 2 / (span + 1), divided by the sum of
 * the weights (pandas: `ewm(span, adjust=True)`). Every prefix's mean is returned, oldest first.
 */
export function ewmaPath(values: Float64Array, span: number): Float64Array {
  const decay = 1 - 2 / (span + 1);
  const path = new Float64Array(values.length);
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < values.length; i++) {
    sum = sum * decay + values[i]!;
    weight = weight * decay + 1;
    path[i] = sum / weight;
  }
  return path;
}

/** The last value of `ewmaPath`. */
export function ewma(values: Float64Array, span: number): number {
  const decay = 1 - 2 / (span + 1);
  let sum = 0;
  let weight = 0;
  for (const value of values) {
    sum = sum * decay + value;
    weight = weight * decay + 1;
  }
  return sum / weight;
}

/** `ewma` of the last `memory` values, at every bar. */
function ewmaColumn(values: Float64Array, span: number, memory: number): Float64Array {
  const weight = ewmaWeights(span, memory)[memory - 1]!;
  return decayedSums(values, { keep: 1 - 2 / (span + 1), plain: 0, memory }).map((sum) => sum / weight);
}

/** What `ewmaPath` divides by at each of its steps. */
export function ewmaWeights(span: number, count: number): Float64Array {
  const decay = 1 - 2 / (span + 1);
  let weight = 0;
  return new Float64Array(count).map(() => {
    weight = weight * decay + 1;
    return weight;
  });
}

const SHORT_SPAN = 5;
const LONG_SPAN = 20;

function ewmaOfMid(name: string, span: number): MarketFeature {
  return defineFeature({
    name,
    version: 1,
    unit: "price",
    nulls: NEVER_NULL,
    lookback_bars: SPANS_BACK * span,
    description: `Exponentially weighted mean of mid, span ${span}, over the last ${SPANS_BACK * span} bars.`,
    formula: `sum w_i mid_{t-i} / sum w_i with w_i = (1 - 2 / (${span} + 1))^i, i < ${SPANS_BACK * span}, in quote currency (pandas: ewm(span=${span}, adjust=True)). Warm-up = lookback = ${SPANS_BACK} spans.`,
    compute: (w) => ewma(w.mid_c, span),
    column: ({ mid_c }) => ewmaColumn(mid_c, span, SPANS_BACK * span),
  });
}

export const ewma_short = ewmaOfMid("ewma_short", SHORT_SPAN);
export const ewma_long = ewmaOfMid("ewma_long", LONG_SPAN);

export const ewma_signal = defineFeature({
  name: "ewma_signal",
  version: 1,
  unit: "log_return",
  nulls: NEVER_NULL,
  lookback_bars: ewma_long.lookback_bars,
  description: "ln(ewma_short / ewma_long): how far the 5-bar average of mid stands above the 20-bar one.",
  formula: "ln(ewma_short / ewma_long): positive in an upswing. Warm-up: that of ewma_long, 200 bars.",
  compute: (w) => {
    const short = ewma_short.compute(w);
    const long = ewma_long.compute(w);
    return short === null || long === null ? null : logReturn(long, short);
  },
  column: ({ length }, shared) => {
    const [short, long] = [shared.of(ewma_short.column!), shared.of(ewma_long.column!)];
    return eachBar(length, (t) => logReturn(long[t]!, short[t]!));
  },
});
