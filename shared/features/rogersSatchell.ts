import { UP_TO_ONE } from "./checks/featureRange.ts";
import { eachBar } from "./columns/eachBar.ts";
import { rolling } from "./columns/rolling.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { defineFeature } from "./defineFeature.ts";
import type { MarketWindow } from "./marketWindow.ts";
import { logReturn, sumOfRange } from "./stats.ts";

/**
 * mean over bars `from` and later of ln(H/C) ln(H/O) + ln(L/C) ln(L/O), of mid: a variance per bar that holds under any
 * drift. Both products are of equal signs, so none is negative. Rogers and Satchell 1991, Annals of Applied Probability 1.
 */
export function rogersSatchellVariance(w: MarketWindow, from: number): number {
  const [open, high, low, close] = [w.mid_o, w.mid_h, w.mid_l, w.mid_c];
  let sum = 0;
  for (let i = from; i < close.length; i++) sum += termOf(open[i]!, high[i]!, low[i]!, close[i]!);
  return sum / (close.length - from);
}

/** The variance of the last 20 bars, at every bar. */
export const rogersSatchellVariances: ColumnMaker = ({ mid_o, mid_h, mid_l, mid_c, length }) => {
  const terms = eachBar(length, (t) => termOf(mid_o[t]!, mid_h[t]!, mid_l[t]!, mid_c[t]!));
  return rolling(terms, 20, sumOfRange).map((sum) => sum / 20);
};

function termOf(open: number, high: number, low: number, close: number): number {
  const upper = logReturn(close, high) * logReturn(open, high);
  const lower = logReturn(close, low) * logReturn(open, low);
  return upper + lower;
}

export const rogers_satchell_vol_20 = defineFeature({
  name: "rogers_satchell_vol_20",
  version: 1,
  unit: "log_return",
  range: UP_TO_ONE,
  lookback_bars: 20,
  description: "Rogers-Satchell volatility of mid over 20 bars, free of drift, per bar.",
  formula:
    "sqrt(mean20(ln(H/C) ln(H/O) + ln(L/C) ln(L/O))) of mid, per bar: holds under any drift. Warm-up: 20 bars. Rogers and Satchell 1991, Annals of Applied Probability 1.",
  compute: (w) => Math.sqrt(rogersSatchellVariance(w, 0)),
  column: (_series, shared) => shared.of(rogersSatchellVariances).map(Math.sqrt),
});
