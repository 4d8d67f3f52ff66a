import { encodePredictions } from "../../shared/contracts/predictionBatch.ts";
import { counted } from "../../shared/domain/counted.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { PredictionQueue } from "./queuePredictions.ts";

/** One try to hand a batch over, under a name of its own; null when the journal has it, else why not. */
export type JournalTry = (batch: Uint8Array<ArrayBuffer>, name: string) => Promise<string | null>;

export interface JournalOptions {
  readonly hand: JournalTry;
  readonly clock: Clock;
  sleep(ms: number): Promise<void>;
}

/** A journal that was killed is back within a second or two; what is sent meanwhile is sent again. */
const GIVE_UP_AFTER_MS = 5 * SECOND;
const PAUSE_MS = 100;

/**
 * The durable queue of one machine: a batch is taken when it stands in a file. It is sent until it is taken, within limits; one that was
 * taken although its answer was lost comes twice, and the log keeps each prediction once.
 */
export function createJournalQueue({ hand, clock, sleep }: JournalOptions): PredictionQueue {
  return {
    async send(records) {
      const [first] = records;
      if (first === undefined) return;
      const batch = encodePredictions(records);
      for (const began = clock.now(); ; await sleep(PAUSE_MS)) {
        const problem = await hand(batch, first.prediction_id);
        if (problem === null) return;
        if (clock.now() - began < GIVE_UP_AFTER_MS) continue;
        throw new AppError("store_unavailable", `The journal did not take ${counted(records.length, "prediction")}: ${problem}`, {
          status: 503,
          retryable: true,
          retry_after_ms: SECOND,
        });
      }
    },
  };
}
