import { defineFeature } from "./defineFeature.ts";
import type { MarketWindow } from "./marketWindow.ts";
import { WILDER_PERIOD, wilderAverage, wilderPath } from "./wilder.ts";

/**
 * ADX averages twice, so more of the past must fade: the two stages together keep about (1 + n/14) (13/14)^n of what is
 * older than n bars, 5e-9 for n = 300.
 */
const MEMORY = 300;

/**
 * Average directional index: Wilder average of DX = 100 |P - M| / (P + M), where P and M are Wilder averages of the
 * directional movements +DM = max(H - H', 0) where it exceeds L' - L, else 0, and -DM likewise. (+DI and -DI divide both by
 * the same true range, which DX cancels.) DX is 0 where neither side moved: no direction. 0 to 100, 14 bars.
 * Warm-up = lookback = 301 bars. Wilder 1978.
 */
export const adx_14 = defineFeature({
  name: "adx_14",
  version: 1,
  unit: "percent_0_100",
  lookback_bars: MEMORY + 1,
  description: "Wilder's average directional index of mid over 14 bars: strength of the trend, whichever way, 0 to 100.",
  compute: (w) => {
    const { plus, minus } = directionalMovements(w);
    const ups = wilderPath(plus, WILDER_PERIOD);
    const downs = wilderPath(minus, WILDER_PERIOD);
    const dx = new Float64Array(ups.length);
    for (let i = 0; i < dx.length; i++) {
      const total = ups[i]! + downs[i]!;
      dx[i] = total === 0 ? 0 : (100 * Math.abs(ups[i]! - downs[i]!)) / total;
    }
    return wilderAverage(dx, WILDER_PERIOD);
  },
});

function directionalMovements(w: MarketWindow): { plus: Float64Array; minus: Float64Array } {
  const high = w.mid_h;
  const low = w.mid_l;
  const plus = new Float64Array(high.length - 1);
  const minus = new Float64Array(high.length - 1);
  for (let i = 0; i < plus.length; i++) {
    const up = high[i + 1]! - high[i]!;
    const down = low[i]! - low[i + 1]!;
    if (up > down && up > 0) plus[i] = up;
    if (down > up && down > 0) minus[i] = down;
  }
  return { plus, minus };
}
