import { defineFeature } from "./defineFeature.ts";
import { ewma, ewmaPath, SPANS_BACK } from "./ewma.ts";

const FAST_SPAN = 12;
const SLOW_SPAN = 26;
const SIGNAL_SPAN = 9;

/**
 * MACD histogram over mid: (M - ewma9(M)) / mid with M = ewma12(mid) - ewma26(mid), so that it does not scale with the
 * price. Warm-up = lookback = 260 bars, ten slow spans: cutting there moves it by less than 6e-9 of the range of mid.
 * Appel 2005, Technical Analysis.
 */
export const macd_hist = defineFeature({
  name: "macd_hist",
  version: 1,
  unit: "ratio",
  lookback_bars: SPANS_BACK * SLOW_SPAN,
  description: "MACD (12, 26, 9) histogram of mid, divided by mid.",
  compute: (w) => {
    const close = w.mid_c;
    const fast = ewmaPath(close, FAST_SPAN);
    const slow = ewmaPath(close, SLOW_SPAN);
    for (let i = 0; i < fast.length; i++) fast[i] = fast[i]! - slow[i]!;
    const last = close.length - 1;
    return (fast[last]! - ewma(fast, SIGNAL_SPAN)) / close[last]!;
  },
});
