import { encodePredictions } from "../../shared/contracts/predictionBatch.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Timers } from "../../shared/ports/timers.ts";
import { deepestMessage } from "./deepestMessage.ts";
import type { PredictionQueue } from "./queuePredictions.ts";

export interface JournalOptions {
  readonly url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly timers: Timers;
  sleep(ms: number): Promise<void>;
}

/** A journal that was killed is back within a second or two; what is sent meanwhile is sent again. */
const GIVE_UP_AFTER_MS = 5 * SECOND;
const ONE_TRY_MS = 2 * SECOND;
const PAUSE_MS = 100;

/**
 * The durable queue of one machine: a batch is taken when it stands in the journal's file. It is sent until it is taken, within limits; one
 * that was taken although its answer was lost comes twice, and the log keeps each prediction once.
 */
export function createJournalQueue(options: JournalOptions): PredictionQueue {
  return {
    async send(records) {
      const body = encodePredictions(records);
      for (const began = options.clock.now(); ; await options.sleep(PAUSE_MS)) {
        const problem = await post(options, body);
        if (problem === null) return;
        if (options.clock.now() - began < GIVE_UP_AFTER_MS) continue;
        throw new AppError("store_unavailable", `The journal did not take ${records.length} predictions: ${problem}`, {
          status: 503,
          retryable: true,
          retry_after_ms: SECOND,
        });
      }
    },
  };
}

/** Null when the journal has it, else why not. */
async function post({ url, token, fetch, timers }: JournalOptions, body: Uint8Array<ArrayBuffer>): Promise<string | null> {
  const limit = new AbortController();
  const cancel = timers.after(ONE_TRY_MS, () => limit.abort(new Error(`no answer in ${ONE_TRY_MS} ms`)));
  try {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" };
    const response = await fetch(`${url}/append`, { method: "POST", headers, body, signal: limit.signal });
    const text = await response.text();
    return response.ok ? null : `${response.status} ${text.slice(0, 200)}`;
  } catch (error) {
    return deepestMessage(error);
  } finally {
    cancel();
  }
}
