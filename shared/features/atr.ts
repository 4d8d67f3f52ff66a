import { UP_TO_ONE } from "./checks/featureRange.ts";
import { NEVER_NULL } from "./checks/nullLimit.ts";
import { eachBar } from "./columns/eachBar.ts";
import { defineFeature } from "./defineFeature.ts";
import { trueRange, trueRanges, WILDER_MEMORY, WILDER_PERIOD, wilderAverage, wilderAverages } from "./wilder.ts";

export const atr_14_pct = defineFeature({
  name: "atr_14_pct",
  version: 1,
  unit: "ratio",
  nulls: NEVER_NULL,
  range: UP_TO_ONE,
  lookback_bars: WILDER_MEMORY + 1,
  description: "Wilder's average true range of mid over 14 bars, as a share of mid.",
  formula:
    "Average true range over mid: Wilder average over 14 bars of max(H - L, |H - C'|, |L - C'|), C' the previous close, divided by mid. Warm-up = lookback = 271 bars (270 true ranges; what is cut weighs 2e-9). Wilder 1978.",
  compute: (w) => {
    const close = w.mid_c;
    return wilderAverage(trueRanges(w.mid_h, w.mid_l, close), WILDER_PERIOD) / close[close.length - 1]!;
  },
  column: ({ mid_h, mid_l, mid_c, length }) => {
    const averages = wilderAverages(eachBar(length, (t) => trueRange(mid_h[t]!, mid_l[t]!, mid_c[t - 1]!), 1));
    return eachBar(length, (t) => averages[t]! / mid_c[t]!);
  },
});
