import type { Clock } from "../shared/ports/clock.ts";
import type { PredictionRecord } from "../shared/ports/predictionLog.ts";
import { fetchBy } from "./adapters/fetchBy.ts";
import { createGroupCommit } from "./adapters/groupCommit.ts";
import { createJournalAppend } from "./adapters/journalAppend.ts";
import { createJournalInbox } from "./adapters/journalInbox.ts";
import { createJournalQueue } from "./adapters/journalQueue.ts";
import { createPredictionSender, type PredictionQueue } from "./adapters/queuePredictions.ts";
import { systemTimers } from "./adapters/systemTimers.ts";
import type { DrainRouteOptions } from "./api/drain.ts";
import { createDrain, type Drain } from "./drain.ts";
import type { Bindings, Settings } from "./environment.ts";

type JournalBindings = Pick<Bindings, "JOURNAL" | "JOURNAL_INBOX">;

/** How an isolate that answers /predict hands its records on, and how it ends. */
export interface Recorder {
  readonly drain: Drain;
  /** As the routes of /predict take it (api/servingRoutes.ts). */
  readonly options: {
    record(record: PredictionRecord): Promise<void>;
    readonly answers_when_recorded: boolean;
    sleep(ms: number): Promise<void>;
    is_leaving(): boolean;
    elapsed_ms(): number;
    readonly drain?: DrainRouteOptions;
  };
}

/** `queue`: where there is no journal. `end`: what else is to be done before the isolate ends. */
export function composeRecorder(
  env: JournalBindings,
  queue: PredictionQueue,
  settings: Settings,
  clock: Clock,
  end: () => Promise<void>,
): Recorder {
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const drain = createDrain(sleep);
  const { record, is_awaited } = wayToTheLog(env, queue, settings, { clock, sleep });
  const { JOURNAL_TOKEN: token } = settings;
  const close = async () => {
    const left = await drain.close();
    await end();
    return left;
  };
  return {
    drain,
    options: {
      record: drain.counting(record),
      answers_when_recorded: is_awaited,
      sleep,
      is_leaving: () => drain.is_closed,
      elapsed_ms: () => performance.now(),
      ...(token === undefined ? {} : { drain: { token, close } }),
    },
  };
}

/**
 * How served predictions reach the log. On one machine through the journal, since its queues live in memory: each answer waits until its
 * record is there, unless it is wanted at once. On Cloudflare through the queue, which is durable as it is.
 */
function wayToTheLog(
  env: JournalBindings,
  durable: PredictionQueue,
  settings: Settings,
  tools: { readonly clock: Clock; sleep(ms: number): Promise<void> },
) {
  const { JOURNAL_URL: url, JOURNAL_TOKEN: token } = settings;
  if (url === undefined || token === undefined) return { record: createPredictionSender({ queue: durable, ...tools }), is_awaited: false };
  const { JOURNAL: bound, JOURNAL_INBOX: inbox } = env;
  const append = createJournalAppend({ url, token, fetch: fetchBy(bound), timers: systemTimers });
  const hand = inbox ? createJournalInbox(inbox, append) : append;
  const queue = createJournalQueue({ hand, ...tools });
  if (settings.PREDICTIONS_ANSWER === "at_once") return { record: createPredictionSender({ queue, ...tools }), is_awaited: false };
  return { record: createGroupCommit({ queue, timers: systemTimers }), is_awaited: true };
}
