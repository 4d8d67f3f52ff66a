import { Cron } from "croner";
import { type Instant, MINUTE } from "../shared/domain/instant.ts";

export interface TickerOptions {
  readonly crons: readonly string[];
  /** Fires one cron for the minute that it was due in. Settles when the Worker has answered. */
  fire(cron: string, scheduled_time: Instant): Promise<void>;
  log(line: string): void;
}

export interface Ticker {
  /** Fires what is due in the minute of `now`. Returns the crons that it fired. */
  tick(now: Instant): string[];
  /** Fires one cron for this minute, due or not; within the minute it is not fired again. */
  fireNow(cron: string, now: Instant): boolean;
}

/** How many fired minutes are remembered, a cron: more than any step back of a clock. */
const REMEMBERED_MINUTES = 1_440;

/**
 * Fires crons as Cloudflare does: five fields in UTC, weekdays from 1 = Sunday
 * (https://developers.cloudflare.com/workers/configuration/cron-triggers/). Never twice for one minute, also when the
 * clock is set back; one at a time, so that a Worker that is slow is not buried; and a minute that was missed is not made
 * up for, since the ledger finds work by its own state.
 */
export function createTicker(options: TickerOptions): Ticker {
  const states = options.crons.map((cron) => ({ cron, pattern: parseCron(cron), fired: new Set<Instant>(), isBusy: false }));
  type State = (typeof states)[number];

  function fireOnce(state: State, minute: Instant): boolean {
    if (state.fired.has(minute)) return false;
    if (state.isBusy) {
      options.log(`${state.cron}: the last one is still going on; this minute is left out`);
      remember(state.fired, minute);
      return false;
    }
    remember(state.fired, minute);
    state.isBusy = true;
    options
      .fire(state.cron, minute)
      .catch((error: unknown) => options.log(`${state.cron}: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        state.isBusy = false;
      });
    return true;
  }

  return {
    tick(now) {
      const minute = Math.floor(now / MINUTE) * MINUTE;
      return states.filter((state) => state.pattern.match(new Date(minute)) && fireOnce(state, minute)).map((state) => state.cron);
    },
    fireNow(cron, now) {
      const state = states.find((candidate) => candidate.cron === cron);
      return state !== undefined && fireOnce(state, Math.floor(now / MINUTE) * MINUTE);
    },
  };
}

function parseCron(cron: string): Cron {
  return new Cron(cron, { timezone: "UTC", mode: "5-part", alternativeWeekdays: true, paused: true });
}

function remember(fired: Set<Instant>, minute: Instant): void {
  fired.add(minute);
  for (const oldest of fired) {
    if (fired.size <= REMEMBERED_MINUTES) return;
    fired.delete(oldest);
  }
}
