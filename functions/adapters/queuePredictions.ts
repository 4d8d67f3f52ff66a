import { counted } from "../../shared/domain/counted.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";

/** Takes several records in one message. */
export interface PredictionQueue {
  send(records: readonly PredictionRecord[]): Promise<unknown>;
}

export interface PredictionSenderOptions {
  readonly queue: PredictionQueue;
  readonly clock: Clock;
  sleep(ms: number): Promise<void>;
}

/** A record of 120 features takes about 1.3 kB as structured clone, and a message may hold 128 kB. */
const MAX_RECORDS = 50;
/** How long a record waits for company: as long as what a killed Worker may lose. */
const WAIT_MS = 50;
/** A request whose timer has not fired by then was ended with its client; the next one takes its place. */
const OVERDUE_MS = 4 * WAIT_MS;

/**
 * Sends served predictions to the log's queue, several in a message: a message costs more than the prediction itself. A
 * full message leaves at once, any other one when its first record has waited. Only records are shared between requests,
 * never I/O: each send belongs to the request that does it, which is what the runtime asks for.
 */
export function createPredictionSender({ queue, clock, sleep }: PredictionSenderOptions): (record: PredictionRecord) => Promise<void> {
  let waiting: PredictionRecord[] = [];
  let timer_set_at: Instant | null = null;

  async function flush(): Promise<void> {
    const records = waiting;
    waiting = [];
    timer_set_at = null;
    if (records.length === 0) return;
    try {
      await queue.send(records);
    } catch (cause) {
      const ids = records.map(({ prediction_id }) => prediction_id).join(", ");
      throw new AppError("store_unavailable", `The queue did not take ${counted(records.length, "prediction")}: ${ids}.`, {
        status: 503,
        cause,
      });
    }
  }

  return async (record) => {
    waiting.push(record);
    if (waiting.length >= MAX_RECORDS) return flush();
    const now = clock.now();
    if (timer_set_at !== null && now - timer_set_at < OVERDUE_MS) return;
    timer_set_at = now;
    await sleep(WAIT_MS);
    // When a full message has left meanwhile, another request waits for what has come since.
    if (timer_set_at === now) await flush();
  };
}
