import { directionalIndexes, indexOf } from "./columns/directionalIndexes.ts";
import { eachBar } from "./columns/eachBar.ts";
import { defineFeature } from "./defineFeature.ts";
import type { MarketWindow } from "./marketWindow.ts";
import { WILDER_PERIOD, wilderAverage, wilderDecay, wilderPath } from "./wilder.ts";

/**
 * ADX averages twice, so more of the past must fade: the two stages together keep about (1 + n/14) (13/14)^n of what is
 * older than n bars, 5e-9 for n = 300.
 */
const MEMORY = 300;

export const adx_14 = defineFeature({
  name: "adx_14",
  version: 1,
  unit: "percent_0_100",
  lookback_bars: MEMORY + 1,
  description: "Wilder's average directional index of mid over 14 bars: strength of the trend, whichever way, 0 to 100.",
  formula:
    "Average directional index: Wilder average of DX = 100 |P - M| / (P + M), where P and M are Wilder averages of the directional movements +DM = max(H - H', 0) where it exceeds L' - L, else 0, and -DM likewise. (+DI and -DI divide both by the same true range, which DX cancels.) DX is 0 where neither side moved: no direction. 0 to 100, 14 bars. Warm-up = lookback = 301 bars. Wilder 1978.",
  compute: (w) => {
    const { plus, minus } = directionalMovements(w);
    const ups = wilderPath(plus, WILDER_PERIOD);
    const downs = wilderPath(minus, WILDER_PERIOD);
    const dx = new Float64Array(ups.length);
    for (let i = 0; i < dx.length; i++) dx[i] = indexOf(ups[i]!, downs[i]!);
    return wilderAverage(dx, WILDER_PERIOD);
  },
  column: ({ mid_h, mid_l, length }) => {
    const ups = eachBar(length, (t) => mid_h[t]! - mid_h[t - 1]!, 1);
    const downs = eachBar(length, (t) => mid_l[t - 1]! - mid_l[t]!, 1);
    const plus = eachBar(length, (t) => movement(ups[t]!, downs[t]!) / WILDER_PERIOD);
    const minus = eachBar(length, (t) => movement(downs[t]!, ups[t]!) / WILDER_PERIOD);
    return directionalIndexes(plus, minus, wilderDecay(MEMORY));
  },
});

function directionalMovements(w: MarketWindow): { plus: Float64Array; minus: Float64Array } {
  const high = w.mid_h;
  const low = w.mid_l;
  const plus = new Float64Array(high.length - 1);
  const minus = new Float64Array(plus.length);
  for (let i = 0; i < plus.length; i++) {
    const up = high[i + 1]! - high[i]!;
    const down = low[i]! - low[i + 1]!;
    plus[i] = movement(up, down);
    minus[i] = movement(down, up);
  }
  return { plus, minus };
}

/** A move counts where it is one, and the larger of the two. */
function movement(one_way: number, other_way: number): number {
  return one_way > other_way && one_way > 0 ? one_way : 0;
}
