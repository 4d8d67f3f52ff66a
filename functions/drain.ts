import { SECOND } from "../shared/domain/instant.ts";
import type { PredictionRecord } from "../shared/ports/predictionLog.ts";

export interface Drain {
  /** From now on requests are refused, since the Worker is about to be stopped. */
  readonly is_closed: boolean;
  /** Counts the records that are on their way. */
  counting(record: (record: PredictionRecord) => Promise<void>): (record: PredictionRecord) => Promise<void>;
  /** Refuses what comes, and settles when nothing is on its way any more, or with the number of what still is when it takes too long. */
  close(): Promise<number>;
}

const WITHIN_MS = 6 * SECOND;
const LOOK_MS = 10;
/** What was asked before is answered within this: most of the time a request takes a few milliseconds. */
const SETTLE_MS = 50;

/** The orderly end of a Worker on one machine. */
export function createDrain(sleep: (ms: number) => Promise<void>): Drain {
  let is_closed = false;
  let under_way = 0;
  return {
    get is_closed() {
      return is_closed;
    },
    counting: (record) => async (prediction) => {
      under_way++;
      try {
        await record(prediction);
      } finally {
        under_way--;
      }
    },
    async close() {
      is_closed = true;
      await sleep(SETTLE_MS);
      for (let waited_ms = 0; under_way > 0 && waited_ms < WITHIN_MS; waited_ms += LOOK_MS) await sleep(LOOK_MS);
      return under_way;
    },
  };
}
