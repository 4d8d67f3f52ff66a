import { UP_TO_ONE } from "./checks/featureRange.ts";
import { eachBar } from "./columns/eachBar.ts";
import { rolling } from "./columns/rolling.ts";
import { defineFeature } from "./defineFeature.ts";
import { bodyLogs } from "./garmanKlass.ts";
import { rogersSatchellVariance, rogersSatchellVariances } from "./rogersSatchell.ts";
import { logReturn, sampleVariance, varianceOfRange } from "./stats.ts";

const BARS = 20;

/** The weight that makes the estimator's variance smallest: k = 0.34 / (1.34 + (n + 1) / (n - 1)). */
const OPEN_CLOSE_WEIGHT = 0.34 / (1.34 + (BARS + 1) / (BARS - 1));

export const yang_zhang_vol_20 = defineFeature({
  name: "yang_zhang_vol_20",
  version: 1,
  unit: "log_return",
  range: UP_TO_ONE,
  lookback_bars: BARS + 1,
  description: "Yang-Zhang volatility of mid over 20 bars, with the jumps between bars, per bar.",
  formula:
    "sqrt(V_o + k V_c + (1 - k) V_rs) of mid over 20 bars, per bar: V_o the sample variance of ln(O / previous C), the jump between bars (the weekend's for one), V_c that of ln(C / O), V_rs Rogers and Satchell's. Free of drift. Warm-up: 21 bars, the first for its close alone. Yang and Zhang 2000, Journal of Business 73.",
  compute: (w) => {
    const [open, close] = [w.mid_o, w.mid_c];
    const jumps = new Float64Array(BARS);
    const moves = new Float64Array(BARS);
    for (let i = 0; i < BARS; i++) {
      jumps[i] = logReturn(close[i]!, open[i + 1]!);
      moves[i] = logReturn(open[i + 1]!, close[i + 1]!);
    }
    return combined(sampleVariance(jumps), sampleVariance(moves), rogersSatchellVariance(w, 1));
  },
  column: ({ mid_o, mid_c, length }, shared) => {
    const of_jumps = rolling(
      eachBar(length, (t) => logReturn(mid_c[t - 1]!, mid_o[t]!), 1),
      BARS,
      varianceOfRange,
    );
    const of_moves = rolling(shared.of(bodyLogs), BARS, varianceOfRange);
    const of_ranges = shared.of(rogersSatchellVariances);
    return eachBar(length, (t) => combined(of_jumps[t]!, of_moves[t]!, of_ranges[t]!));
  },
});

function combined(of_jumps: number, of_moves: number, of_ranges: number): number {
  const k = OPEN_CLOSE_WEIGHT;
  return Math.sqrt(of_jumps + k * of_moves + (1 - k) * of_ranges);
}
