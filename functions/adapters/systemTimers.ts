import type { Timers } from "../../shared/ports/timers.ts";

/** The runtime's own timers. */
export const systemTimers: Timers = {
  after: (delay_ms, run) => {
    const timer = setTimeout(run, delay_ms);
    return () => clearTimeout(timer);
  },
};
