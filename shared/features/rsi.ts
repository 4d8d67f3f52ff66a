import { eachBar } from "./columns/eachBar.ts";
import { defineFeature } from "./defineFeature.ts";
import { WILDER_MEMORY, WILDER_PERIOD, wilderAverage, wilderAverages } from "./wilder.ts";

export const rsi_14 = defineFeature({
  name: "rsi_14",
  version: 1,
  unit: "percent_0_100",
  lookback_bars: WILDER_MEMORY + 1,
  description: "Wilder's relative strength index of mid over 14 bars, 0 to 100.",
  formula:
    "Relative strength index: 100 * G / (G + L) with Wilder averages of the gains G and losses L of mid over 14 bars, which is 100 - 100 / (1 + G / L) without its division by zero. Warm-up = lookback = 271 bars (270 changes, see wilder.ts; cutting there moves it by less than 1e-6 points for ordinary prices). Null when mid never moved. Wilder 1978.",
  compute: (w) => {
    const close = w.mid_c;
    const gains = new Float64Array(close.length - 1);
    const losses = new Float64Array(close.length - 1);
    for (let i = 0; i < gains.length; i++) {
      const change = close[i + 1]! - close[i]!;
      if (change > 0) gains[i] = change;
      else losses[i] = -change;
    }
    const gain = wilderAverage(gains, WILDER_PERIOD);
    const loss = wilderAverage(losses, WILDER_PERIOD);
    return (100 * gain) / (gain + loss);
  },
  column: ({ mid_c, length }) => {
    const changes = eachBar(length, (t) => mid_c[t]! - mid_c[t - 1]!, 1);
    const gains = wilderAverages(changes.map((change) => (change > 0 ? change : 0)));
    const losses = wilderAverages(changes.map((change) => (change > 0 ? 0 : -change)));
    return eachBar(length, (t) => (100 * gains[t]!) / (gains[t]! + losses[t]!));
  },
});
