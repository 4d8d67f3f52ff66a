import { SECOND } from "../../../shared/domain/instant.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { CounterAddition, MetricStore } from "../../../shared/ports/metricStore.ts";
import type { Meter } from "./meter.ts";

export interface MeterWriter {
  /** Writes what was counted. What could not be written is kept, and written the next time. */
  flush(): Promise<void>;
  /** After a request: the first of a while keeps itself alive and writes, a few seconds later, what came meanwhile. */
  afterRequest(waitUntil: (work: Promise<unknown>) => void): void;
}

export interface MeterWriterOptions {
  readonly meter: Pick<Meter, "take">;
  readonly store: Pick<MetricStore, "add">;
  readonly clock: Clock;
  /** Of this isolate, unlike any other's. */
  readonly writer: string;
  sleep(ms: number): Promise<void>;
}

/** What an isolate that is killed may lose, of requests: predictions are counted from their log. Cloudflare lets one wait for 30 s. */
export const WRITE_AFTER_MS = 5 * SECOND;
/** A request whose timer has not fired by then was ended; the next one takes its place. */
const OVERDUE_MS = 4 * WRITE_AFTER_MS;

/**
 * Hands an isolate's counts on, each once: an addition has a number, is repeated as it was until it is known to be written, and one whose answer
 * was lost adds nothing the second time. Isolates share nothing, and add to the same counters.
 */
export function createMeterWriter({ meter, store, clock, writer, sleep }: MeterWriterOptions): MeterWriter {
  let sequence = 0;
  let pending: CounterAddition | null = null;
  let timer_set_at = Number.NEGATIVE_INFINITY;

  async function writePending(): Promise<void> {
    const deltas = pending === null ? meter.take() : [];
    if (deltas.length > 0) pending = { writer, sequence: ++sequence, written_at: clock.now(), deltas };
    const sent = pending;
    if (sent === null) return;
    await store.add(sent);
    if (pending === sent) pending = null;
  }

  async function flush(): Promise<void> {
    const had_pending = pending !== null;
    await writePending();
    if (had_pending) await writePending();
  }

  async function writeLater(set_at: number): Promise<void> {
    try {
      await sleep(WRITE_AFTER_MS);
      if (timer_set_at === set_at) timer_set_at = Number.NEGATIVE_INFINITY;
      await flush();
    } catch (error) {
      console.warn("What was counted could not be written, and is kept until the next time:", error);
    }
  }

  return {
    flush,
    afterRequest(waitUntil) {
      const now = clock.now();
      // A clock that has gone back is no reason to wait.
      if (now >= timer_set_at && now - timer_set_at < OVERDUE_MS) return;
      timer_set_at = now;
      waitUntil(writeLater(now));
    },
  };
}
