import type { TaskKey } from "../../shared/contracts/dags.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import type { HintQueue } from "../../shared/ports/hints.ts";

/** The part of a Cloudflare Queue producer that is used. */
export interface QueueProducer {
  sendBatch(messages: Iterable<{ body: TaskKey; delaySeconds?: number }>): Promise<unknown>;
}

/** Limits of Cloudflare Queues: messages in a batch, and the longest delay (12 hours). */
const MAX_BATCH = 100;
const MAX_DELAY_SECONDS = 43_200;

/**
 * Hints on Cloudflare Queues. Delays are whole seconds, rounded up, since a hint that is early is dropped. One that would have to
 * wait longer than the queue allows comes too early, and the sweep does its work.
 */
export function createQueueHints(queue: QueueProducer): HintQueue {
  return {
    send: async (hints, delay_ms = 0) => {
      const delaySeconds = Math.min(MAX_DELAY_SECONDS, Math.ceil(Math.max(0, delay_ms) / SECOND));
      for (let start = 0; start < hints.length; start += MAX_BATCH) {
        const batch = hints.slice(start, start + MAX_BATCH);
        await queue.sendBatch(batch.map((body) => (delaySeconds > 0 ? { body, delaySeconds } : { body })));
      }
    },
  };
}
