import { type Instant, SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";

export interface WriteGate {
  /** Runs `work` when no other work runs, in the order of arrival. Throws store_unavailable when its turn does not come in time. */
  pass<Result>(work: () => Promise<Result>): Promise<Result>;
}

export interface GateTime {
  now(): Instant;
  sleep(ms: number): Promise<void>;
  /** Calls `run` again and again until the function that it returns is called. */
  every(period_ms: number, run: () => void): () => void;
}

/** Between two looks whether one's turn has come. A write takes 1 to 20 ms. */
const LOOK_MS = 2;
/** Who waits or writes gives a sign of life so often; */
const SIGN_MS = 250;
/** without one for so long its event has ended, and it will neither write nor leave. */
const LOST_AFTER_MS = 2 * SECOND;
/** As long as a call may take (database.ts). */
const PATIENCE_MS = 30 * SECOND;
/** Longer than a turn that came late, with a call of the longest and its repetitions: signs of life count for no longer. */
const LEASE_MS = 120 * SECOND;

const SYSTEM_TIME: GateTime = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  every: (period_ms, run) => {
    const timer = setInterval(run, period_ms);
    return () => clearInterval(timer);
  },
};

/**
 * One writer at a time, of all that happens in an isolate: sqld 0.24.32 can lose its write slot when several connections write at once, and
 * then answers no write any more (docs/decisions.md).
 *
 * The events of the Workers runtime may not wait for each other's promises: one whose event has ended never settles. And an event that is
 * ended in the middle (its client has gone, its time is up) runs no `finally`, so what it holds is never given back. So the turns are numbers
 * that each one looks at with timers of its own, and a turn is held only as long as its holder gives signs of life, which its own timers do:
 * they end with the event. No signs count for longer than a lease. The lowest living number writes.
 */
export function createWriteGate(time: GateTime = SYSTEM_TIME, patience_ms = PATIENCE_MS): WriteGate {
  const signs = new Map<number, Instant>();
  let issued = 0;

  /** `at`: when the asking one looked last. A long computation of any event stops all timers alike, and is nobody's end. */
  function isFirst(own: number, at: Instant): boolean {
    for (const [number, sign] of signs) {
      if (number >= own) continue;
      if (at - sign < LOST_AFTER_MS) return false;
      signs.delete(number);
    }
    return true;
  }

  async function untilFirst(own: number): Promise<void> {
    const began = time.now();
    for (let looked_at = Number.NEGATIVE_INFINITY; !isFirst(own, looked_at); await time.sleep(LOOK_MS)) {
      looked_at = time.now();
      if (looked_at - began >= patience_ms) throw notInTime(signs.size - 1, patience_ms);
    }
  }

  return {
    async pass(work) {
      const own = ++issued;
      const lease_until = time.now() + LEASE_MS;
      const live = () => {
        const now = time.now();
        if (now < lease_until) signs.set(own, now);
      };
      live();
      const cancel = time.every(SIGN_MS, live);
      try {
        await untilFirst(own);
        return await work();
      } finally {
        cancel();
        signs.delete(own);
      }
    },
  };
}

function notInTime(others: number, patience_ms: number): AppError {
  const message = `The database did not take this write: in ${patience_ms / SECOND} s its turn did not come, among ${others} other writes`;
  return new AppError("store_unavailable", message, { status: 503, retryable: true });
}
