import { UP_TO_ONE } from "./checks/featureRange.ts";
import { eachBar } from "./columns/eachBar.ts";
import { rolling } from "./columns/rolling.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { defineFeature } from "./defineFeature.ts";
import { rangeLogs } from "./rangeVol.ts";
import { logReturn, sumOfRange } from "./stats.ts";

const CLOSE_WEIGHT = 2 * Math.LN2 - 1;

/** ln(C/O) of every bar. */
export const bodyLogs: ColumnMaker = ({ mid_o, mid_c, length }) => eachBar(length, (t) => logReturn(mid_o[t]!, mid_c[t]!));

export const garman_klass_vol_20 = defineFeature({
  name: "garman_klass_vol_20",
  version: 1,
  unit: "log_return",
  range: UP_TO_ONE,
  lookback_bars: 20,
  description: "Garman-Klass volatility of mid from open, high, low and close of 20 bars, per bar.",
  formula:
    "sqrt(mean20(0.5 ln(H/L)^2 - (2 ln 2 - 1) ln(C/O)^2)) of mid, per bar. |ln(C/O)| <= ln(H/L), so no term is negative. Assumes no drift and no jump between bars. Warm-up: 20 bars. Garman and Klass 1980, Journal of Business 53.",
  compute: (w) => {
    const [open, high, low, close] = [w.mid_o, w.mid_h, w.mid_l, w.mid_c];
    let sum = 0;
    for (let i = 0; i < close.length; i++) {
      sum += 0.5 * logReturn(low[i]!, high[i]!) ** 2 - CLOSE_WEIGHT * logReturn(open[i]!, close[i]!) ** 2;
    }
    return Math.sqrt(sum / close.length);
  },
  column: ({ length }, shared) => {
    const [ranges, bodies] = [shared.of(rangeLogs), shared.of(bodyLogs)];
    const terms = eachBar(length, (t) => 0.5 * ranges[t]! ** 2 - CLOSE_WEIGHT * bodies[t]! ** 2);
    return rolling(terms, 20, sumOfRange).map((sum) => Math.sqrt(sum / 20));
  },
});
