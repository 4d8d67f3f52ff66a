import { eachBar } from "./columns/eachBar.ts";
import { rolling } from "./columns/rolling.ts";
import { defineFeature } from "./defineFeature.ts";
import { mean, meanOfRange } from "./stats.ts";

export const amihud_20 = defineFeature({
  name: "amihud_20",
  version: 1,
  unit: "log_return_per_tick",
  lookback_bars: 21,
  description: "Amihud illiquidity: mean over 20 bars of the absolute log return per tick.",
  formula:
    "Illiquidity: mean20(|r| / volume), the price move per tick. Warm-up: 21 bars. Null when one of the 20 bars has no volume or none is known. Amihud 2002, Journal of Financial Markets 5.",
  compute: (w) => {
    const ticks = w.volume;
    return mean(w.ret.map((r, i) => Math.abs(r) / ticks[i + 1]!));
  },
  column: ({ ret, volume, length }) =>
    rolling(
      eachBar(length, (t) => Math.abs(ret[t]!) / volume[t]!),
      20,
      meanOfRange,
    ),
});
