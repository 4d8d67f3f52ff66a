import { counted } from "../domain/counted.ts";
import { NEVER_NULL } from "./checks/nullLimit.ts";
import { eachBar } from "./columns/eachBar.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";
import { logReturn } from "./stats.ts";

export const mid = defineFeature({
  name: "mid",
  version: 1,
  unit: "price",
  nulls: NEVER_NULL,
  lookback_bars: 1,
  description: "Mid close: (bid + ask) / 2 at the bar's end.",
  formula: "(bid_close + ask_close) / 2, in quote currency, or the mid close itself where only that is known.",
  compute: (w) => w.mid_c[0]!,
  column: (series) => series.mid_c,
});

function returnOver(name: string, bars: number): MarketFeature {
  return defineFeature({
    name,
    version: 1,
    unit: "log_return",
    nulls: NEVER_NULL,
    lookback_bars: bars + 1,
    description: `Log return of mid over ${counted(bars, "trading bar")}: ln(mid_t / mid_{t-${bars}}).`,
    formula: `ln(mid_t / mid_{t-${bars}}). Warm-up: ${bars + 1} bars. Across a weekend it is still a return over that many bars; gap_hours tells.`,
    compute: (w) => {
      const close = w.mid_c;
      return logReturn(close[0]!, close[bars]!);
    },
    column: ({ mid_c, length }) => eachBar(length, (t) => logReturn(mid_c[t - bars]!, mid_c[t]!), bars),
  });
}

export const ret_1 = returnOver("ret_1", 1);
export const ret_5 = returnOver("ret_5", 5);
export const ret_10 = returnOver("ret_10", 10);

/** Time-series momentum (Moskowitz, Ooi and Pedersen 2012, JFE 104) at the scale of about one trading day. */
export const momentum_20 = returnOver("momentum_20", 20);
