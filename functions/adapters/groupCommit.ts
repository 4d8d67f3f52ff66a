import { chunksOf } from "../../shared/domain/chunksOf.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import type { Timers } from "../../shared/ports/timers.ts";
import type { PredictionQueue } from "./queuePredictions.ts";

export interface GroupCommitOptions {
  readonly queue: PredictionQueue;
  readonly timers: Timers;
}

/** Records that go out together, and the requests that wait for them. */
interface Group {
  readonly records: PredictionRecord[];
  readonly waiting: PromiseWithResolvers<void>[];
}

/** Longer than a queue tries: whoever sends for a group was ended with its client then, and will never say how it went. */
const STALLED_AFTER_MS = 8 * SECOND;
/** A message of 500 records of 120 features is half a megabyte. */
const MAX_RECORDS = 500;

/**
 * Settles when the queue has the record: the answer may leave then, and nothing that was answered is lost with this process. One
 * message is under way at a time and carries all that came during the one before it ("group commit"), so a single client waits for one
 * round trip, and a crowd shares them.
 *
 * A request of the Workers runtime may neither do I/O for another nor run in its place. So the first of a group sends it, each of the
 * others waits for a promise of its own, which the runtime settles in its own context, and holds a timer: a request without any I/O under
 * way is taken for one that hangs, and ended.
 */
export function createGroupCommit({ queue, timers }: GroupCommitOptions): (record: PredictionRecord) => Promise<void> {
  let gathering: Group | null = null;
  let under_way: Group | null = null;

  async function settled(group: Group): Promise<void> {
    const own = Promise.withResolvers<void>();
    group.waiting.push(own);
    const cancel = timers.after(STALLED_AFTER_MS, () => {
      // Whoever was to send it will not: the next record begins a group of its own.
      if (gathering === group) gathering = null;
      own.reject(stalled());
    });
    try {
      await own.promise;
    } finally {
      cancel();
    }
  }

  /** Of the group that is under way only the end counts here: how it went is for its own requests to tell. */
  async function untilFree(): Promise<void> {
    if (under_way !== null) await settled(under_way).catch(() => undefined);
  }

  async function send(group: Group): Promise<void> {
    await untilFree();
    if (gathering === group) gathering = null;
    under_way = group;
    let end = (waiter: PromiseWithResolvers<void>) => waiter.resolve();
    try {
      for (const records of chunksOf(group.records, MAX_RECORDS)) await queue.send(records);
    } catch (error) {
      end = (waiter) => waiter.reject(error);
      throw error;
    } finally {
      if (under_way === group) under_way = null;
      for (const waiter of group.waiting) end(waiter);
    }
  }

  return (record) => {
    if (gathering !== null) {
      gathering.records.push(record);
      return settled(gathering);
    }
    gathering = { records: [record], waiting: [] };
    return send(gathering);
  };
}

function stalled(): AppError {
  return new AppError("store_unavailable", "The prediction could not be recorded in time.", {
    status: 503,
    retryable: true,
    retry_after_ms: SECOND,
  });
}
