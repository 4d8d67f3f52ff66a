import { defineFeature } from "./defineFeature.ts";
import { logReturn } from "./stats.ts";

const CLOSE_WEIGHT = 2 * Math.LN2 - 1;

/**
 * sqrt(mean20(0.5 ln(H/L)^2 - (2 ln 2 - 1) ln(C/O)^2)) of mid, per bar. |ln(C/O)| <= ln(H/L), so no term is negative.
 * Assumes no drift and no jump between bars. Warm-up: 20 bars. Garman and Klass 1980, Journal of Business 53.
 */
export const garman_klass_vol_20 = defineFeature({
  name: "garman_klass_vol_20",
  version: 1,
  unit: "log_return",
  lookback_bars: 20,
  description: "Garman-Klass volatility of mid from open, high, low and close of 20 bars, per bar.",
  compute: (w) => {
    const [open, high, low, close] = [w.mid_o, w.mid_h, w.mid_l, w.mid_c];
    let sum = 0;
    for (let i = 0; i < close.length; i++) {
      sum += 0.5 * logReturn(low[i]!, high[i]!) ** 2 - CLOSE_WEIGHT * logReturn(open[i]!, close[i]!) ** 2;
    }
    return Math.sqrt(sum / close.length);
  },
});
