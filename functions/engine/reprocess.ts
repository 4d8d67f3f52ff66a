import { type BackfillRequest, type BackfillView, DEFAULT_ACTIVE_RUNS } from "../../shared/contracts/backfills.ts";
import {
  type DeadLetterCollection,
  type DeadLetterView,
  type ReprocessMessage,
  reprocessMessageSchema,
} from "../../shared/contracts/reprocess.ts";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DeadLetter, DeadLetters, DeadLettersQuery } from "../../shared/ports/deadLetters.ts";
import type { Backfills } from "./backfills.ts";

export interface ReprocessDeps {
  readonly backfills: Backfills;
  readonly dead_letters: DeadLetters;
  readonly clock: Clock;
}

/** The reprocess queue: messages that ask for a pipeline to be run again over the past. */
export interface Reprocess {
  /** Throws what receive would find wrong with the message: for a sender who can still be told. Needs no store. */
  check(message: ReprocessMessage): void;
  /**
   * Makes a backfill of a message, once however often it is delivered. A message that can never be obeyed becomes a dead letter (null).
   * Throws when the store is away: the queue delivers it again.
   */
  receive(message: { readonly id: string; readonly body: unknown }): Promise<BackfillView | null>;
  /** Keeps a message that was delivered as often as the queue allows, and could not be obeyed. */
  bury(message: { readonly id: string; readonly body: unknown }, error: string): Promise<void>;
  deadLetters(query: DeadLettersQuery): Promise<DeadLetterCollection>;
  /** Reads it again, with `body` in place of its own where that is given. Fails as it would have then, and keeps the newer error. */
  replay(id: string, body?: unknown): Promise<BackfillView>;
}

export const REPROCESS_QUEUE = "fx-medallion-reprocess";
/** What the store was away for, longer than that queue waits. */
export const DEAD_REPROCESS_QUEUE = "fx-medallion-reprocess-dead";

export function createReprocess(deps: ReprocessDeps): Reprocess {
  const bury = (id: string, body: unknown, error: string) =>
    deps.dead_letters.add({ id, queue: REPROCESS_QUEUE, body: toText(body), error, received_at: deps.clock.now() });
  return {
    check: (message) => inOwnWords(() => deps.backfills.check(requestOf(message))),
    bury: ({ id, body }, error) => bury(id, body, error),
    receive: async ({ id, body }) => {
      try {
        return await obey(deps, id, body);
      } catch (error) {
        const failure = toAppError(error);
        if (failure.retryable || failure.status >= 500) throw failure;
        await bury(id, body, failure.message);
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
  const message = checkValue(reprocessMessageSchema, body);
  // Said of the message, before anything is asked of the store.
  inOwnWords(() => deps.backfills.check(requestOf(message)));
  return deps.backfills.create(requestOf(message), { request_id: `reprocess-${id}`, reason: message.reason });
}

/** A message's fields, by what a backfill calls them. */
const FIELDS: Readonly<Record<string, string>> = { dag_id: "pipeline", from_date: "from", to_date: "to", map_keys: "instruments" };

/** What is wrong with the backfill, said of the message that it is made from: its sender knows no other fields. */
function inOwnWords(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, status, retryable, details } = error;
    const message = error.message.replace(/\b(?:dag_id|from_date|to_date|map_keys)\b/g, (name) => FIELDS[name] ?? name);
    const field = String(details["field"]);
    throw new AppError(code, message, { status, retryable, cause: error, details: { ...details, field: FIELDS[field] ?? field } });
  }
}

function requestOf({ pipeline, instruments, from, to, reason }: ReprocessMessage): BackfillRequest {
  return {
    dag_id: pipeline,
    from_date: from,
    to_date: to,
    map_keys: instruments,
    run_backwards: false,
    max_active_runs: DEFAULT_ACTIVE_RUNS,
    reprocess_behavior: "completed",
    dag_run_conf: { reason },
  };
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

/** What JSON has no word for (a queue carries more: big integers, cycles, any depth) is kept as its text. */
function toText(body: unknown): string {
  try {
    return JSON.stringify(body) ?? JSON.stringify(String(body));
  } catch (error) {
    return JSON.stringify(`${String(body)} (cannot be written as JSON: ${(error as Error).message})`);
  }
}

function fromText(text: string): unknown {
  return JSON.parse(text);
}
