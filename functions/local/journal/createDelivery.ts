import { decodePredictions } from "../../../shared/contracts/predictionBatch.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { toAppError } from "../../../shared/errors.ts";
import type { PredictionLog, PredictionRecord } from "../../../shared/ports/predictionLog.ts";
import type { Journal } from "./openJournal.ts";

export interface DeliveryOptions {
  readonly journal: Journal;
  readonly log: Pick<PredictionLog, "append">;
  sleep(ms: number): Promise<void>;
  say(line: string): void;
  /** Keeps what the log refuses for good, or what is no batch, with the reason. */
  putAside(content: PredictionRecord | Uint8Array, reason: string): void;
}

export interface Delivery {
  /** There is something to deliver. */
  wake(): void;
  /** Delivers all at once, and returns how many predictions still wait after `within_ms`. */
  flush(within_ms: number): Promise<number>;
}

/** About 700 predictions of 60 features: one transaction. */
const BATCH_BYTES = 500_000;
/** What comes within this goes together: a transaction costs more than a row of it. */
const GATHER_MS = 200;
const PAUSES_MS = [SECOND / 2, SECOND, 2 * SECOND, 5 * SECOND];
const LOOK_MS = 20;

/** Brings the journal's predictions into the log, oldest first, for as long as it takes: a log that is away is asked again. */
export function createDelivery({ journal, log, sleep, say, putAside }: DeliveryOptions): Delivery {
  let is_running = false;
  let is_hurried = false;
  let failures = 0;

  async function run(): Promise<void> {
    if (is_running) return;
    is_running = true;
    while (journal.waiting > 0) {
      if (!is_hurried) await sleep(GATHER_MS);
      await deliverOnce();
    }
    is_running = false;
  }

  async function deliverOnce(): Promise<void> {
    try {
      const records = journal.peek(BATCH_BYTES).flatMap((batch) => decode(batch, putAside));
      await appendOrPutAside(records);
      journal.drop();
      if (failures > 0) say(`the log takes predictions again; ${journal.waiting} ${byCount(journal.waiting, "waits", "wait")}`);
      failures = 0;
    } catch (error) {
      if (failures === 0)
        say(
          `${toAppError(error).message} ${counted(journal.waiting, "prediction")} ${byCount(journal.waiting, "waits", "wait")} in the journal`,
        );
      await sleep(PAUSES_MS[Math.min(failures++, PAUSES_MS.length - 1)] ?? SECOND);
    }
  }

  /** A record that is refused keeps none of the others back: halves are tried until it stands alone. */
  async function appendOrPutAside(records: readonly PredictionRecord[]): Promise<void> {
    try {
      await log.append(records);
    } catch (caught) {
      const error = toAppError(caught);
      const [first] = records;
      if (error.retryable || first === undefined) throw error;
      if (records.length === 1) return putAside(first, error.message);
      const middle = Math.ceil(records.length / 2);
      await appendOrPutAside(records.slice(0, middle));
      await appendOrPutAside(records.slice(middle));
    }
  }

  return {
    wake: () => void run(),
    async flush(within_ms) {
      is_hurried = true;
      void run();
      for (let waited_ms = 0; journal.waiting > 0 && waited_ms < within_ms; waited_ms += LOOK_MS) await sleep(LOOK_MS);
      is_hurried = false;
      return journal.waiting;
    },
  };
}

function decode(batch: Uint8Array, putAside: DeliveryOptions["putAside"]): readonly PredictionRecord[] {
  try {
    return decodePredictions(batch);
  } catch (error) {
    putAside(batch, toAppError(error).message);
    return [];
  }
}
