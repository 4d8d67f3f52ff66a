import { defineFeature } from "./defineFeature.ts";
import type { MarketWindow } from "./marketWindow.ts";
import { logReturn } from "./stats.ts";

/**
 * mean over bars `from` and later of ln(H/C) ln(H/O) + ln(L/C) ln(L/O), of mid: a variance per bar that holds under any
 * drift. Both products are of equal signs, so none is negative. Rogers and Satchell 1991, Annals of Applied Probability 1.
 */
export function rogersSatchellVariance(w: MarketWindow, from: number): number {
  const [open, high, low, close] = [w.mid_o, w.mid_h, w.mid_l, w.mid_c];
  let sum = 0;
  for (let i = from; i < close.length; i++) {
    const upper = logReturn(close[i]!, high[i]!) * logReturn(open[i]!, high[i]!);
    const lower = logReturn(close[i]!, low[i]!) * logReturn(open[i]!, low[i]!);
    sum += upper + lower;
  }
  return sum / (close.length - from);
}

/** Root of the Rogers-Satchell variance of 20 bars, per bar. Warm-up: 20 bars. */
export const rogers_satchell_vol_20 = defineFeature({
  name: "rogers_satchell_vol_20",
  version: 1,
  unit: "log_return",
  lookback_bars: 20,
  description: "Rogers-Satchell volatility of mid over 20 bars, free of drift, per bar.",
  compute: (w) => Math.sqrt(rogersSatchellVariance(w, 0)),
});
