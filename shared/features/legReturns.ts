import type { Instrument } from "../domain/instrument.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";
import type { MarketWindow } from "./marketWindow.ts";
import { ret_1 } from "./returns.ts";

/**
 * The leg's own ret_1 at the bar that starts when the window's last bar does. Null when the leg has no bar there: an
 * older return would be a fill. Null too when the leg's previous bar lies before the window.
 */
export function legReturn(w: MarketWindow, leg: Instrument): number | null {
  const legWindow = w.leg(leg);
  if (!legWindow || legWindow.event_time !== w.event_time) return null;
  return ret_1.compute(legWindow);
}

/** `<LEG>_ret_1`: log return of another instrument over its bar of the same hour. Warm-up: 2 bars. */
export function legReturnFeature(leg: Instrument): MarketFeature {
  return defineFeature({
    name: `${leg}_ret_1`,
    version: 1,
    unit: "log_return",
    lookback_bars: ret_1.lookback_bars,
    leg,
    description: `ret_1 of ${leg} at the same hour. Null in the rows of ${leg} itself.`,
    compute: (w) => legReturn(w, leg),
  });
}
