import type { BackfillView } from "../../shared/contracts/backfills.ts";
import {
  type DeadLetterCollection,
  type DeadLetterView,
  type ReprocessMessage,
  reprocessMessageSchema,
} from "../../shared/contracts/reprocess.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DeadLetter, DeadLetters } from "../../shared/ports/deadLetters.ts";
import type { Backfills } from "./backfills.ts";
import { parseRequest } from "./parseRequest.ts";

export interface ReprocessDeps {
  readonly backfills: Backfills;
  readonly dead_letters: DeadLetters;
  readonly clock: Clock;
}

/** The reprocess queue: messages that ask for a pipeline to be run again over the past. */
export interface Reprocess {
  /**
   * Makes a backfill of a message, once however often it is delivered. A message that can never be obeyed becomes a dead letter (null).
   * Throws when the store is away: the queue delivers it again.
   */
  receive(message: { readonly id: string; readonly body: unknown }): Promise<BackfillView | null>;
  deadLetters(query: { readonly limit: number; readonly offset: number; readonly is_replayed?: boolean }): Promise<DeadLetterCollection>;
  /** Reads it again, with `body` in place of its own where that is given. Fails as it would have then, and keeps the newer error. */
  replay(id: string, body?: unknown): Promise<BackfillView>;
}

export const REPROCESS_QUEUE = "fx-medallion-reprocess";

export function createReprocess(deps: ReprocessDeps): Reprocess {
  return {
    receive: async ({ id, body }) => {
      try {
        return await obey(deps, id, body);
      } catch (error) {
        const failure = toAppError(error);
        if (failure.retryable || failure.status >= 500) throw failure;
        const letter = { id, queue: REPROCESS_QUEUE, body: toText(body), error: failure.message, received_at: deps.clock.now() };
        await deps.dead_letters.add(letter);
        return null;
      }
    },
    deadLetters: async (query) => {
      const { dead_letters, total_entries } = await deps.dead_letters.list(query);
      return { dead_letters: dead_letters.map(viewOf), total_entries };
    },
    replay: (id, body) => replay(deps, id, body),
  };
}

/** Everything in it is run again, whatever its state: that is what was asked for. */
async function obey(deps: ReprocessDeps, id: string, body: unknown): Promise<BackfillView> {
  const message: ReprocessMessage = parseRequest(reprocessMessageSchema, body);
  return deps.backfills.create(
    {
      dag_id: message.pipeline,
      from_date: message.from,
      to_date: message.to,
      map_keys: message.instruments,
      reprocess_behavior: "completed",
      dag_run_conf: { reason: message.reason },
    },
    { request_id: `reprocess-${id}`, reason: message.reason },
  );
}

async function replay(deps: ReprocessDeps, id: string, body?: unknown): Promise<BackfillView> {
  const letter = await deps.dead_letters.find(id);
  if (!letter)
    throw new AppError("unknown_dead_letter", `id: there is no dead letter "${id.slice(0, 200)}".`, {
      status: 404,
      details: { field: "id" },
    });
  const text = body === undefined ? letter.body : toText(body);
  try {
    const backfill = await obey(deps, id, fromText(text));
    await deps.dead_letters.markReplayed(id, text, deps.clock.now());
    return backfill;
  } catch (error) {
    const failure = toAppError(error);
    if (!failure.retryable) await deps.dead_letters.markFailed(id, text, failure.message);
    throw failure;
  }
}

function viewOf(letter: DeadLetter): DeadLetterView {
  return {
    ...letter,
    body: fromText(letter.body),
    received_at: toIso(letter.received_at),
    replayed_at: letter.replayed_at === null ? null : toIso(letter.replayed_at),
  };
}

/** What JSON has no word for is kept as its text. */
function toText(body: unknown): string {
  return JSON.stringify(body) ?? JSON.stringify(String(body));
}

function fromText(text: string): unknown {
  return JSON.parse(text);
}
