import { defineFeature } from "./defineFeature.ts";
import { rogersSatchellVariance } from "./rogersSatchell.ts";
import { logReturn, sampleVariance } from "./stats.ts";

const BARS = 20;

/** The weight that makes the estimator's variance smallest: k = 0.34 / (1.34 + (n + 1) / (n - 1)). */
const OPEN_CLOSE_WEIGHT = 0.34 / (1.34 + (BARS + 1) / (BARS - 1));

/**
 * sqrt(V_o + k V_c + (1 - k) V_rs) of mid over 20 bars, per bar: V_o the sample variance of ln(O / previous C), the jump
 * between bars (the weekend's for one), V_c that of ln(C / O), V_rs Rogers and Satchell's. Free of drift.
 * Warm-up: 21 bars, the first for its close alone. Yang and Zhang 2000, Journal of Business 73.
 */
export const yang_zhang_vol_20 = defineFeature({
  name: "yang_zhang_vol_20",
  version: 1,
  unit: "log_return",
  lookback_bars: BARS + 1,
  description: "Yang-Zhang volatility of mid over 20 bars, with the jumps between bars, per bar.",
  compute: (w) => {
    const [open, close] = [w.mid_o, w.mid_c];
    const jumps = new Float64Array(BARS);
    const moves = new Float64Array(BARS);
    for (let i = 0; i < BARS; i++) {
      jumps[i] = logReturn(close[i]!, open[i + 1]!);
      moves[i] = logReturn(open[i + 1]!, close[i + 1]!);
    }
    const k = OPEN_CLOSE_WEIGHT;
    return Math.sqrt(sampleVariance(jumps) + k * sampleVariance(moves) + (1 - k) * rogersSatchellVariance(w, 1));
  },
});
