import type { PredictionQueue } from "../../functions/adapters/queuePredictions.ts";
import type { PredictionLog, PredictionRecord } from "../../shared/ports/predictionLog.ts";

/** Messages that one append takes, as the consumer in wrangler.toml does. */
const BATCH = 10;

/** The queue and its consumer in one process: messages wait in memory, and one append at a time takes what has come. */
export function createBackgroundLog(log: PredictionLog): PredictionQueue {
  const waiting: (readonly PredictionRecord[])[] = [];
  let is_draining = false;

  async function drain(): Promise<void> {
    if (is_draining) return;
    is_draining = true;
    try {
      while (waiting.length > 0) await log.append(waiting.splice(0, BATCH).flat());
    } finally {
      is_draining = false;
    }
  }

  return {
    async send(records) {
      waiting.push(records);
      await drain();
    },
  };
}
