import { DEFAULT_ACTIVE_RUNS } from "../../shared/contracts/backfills.ts";
import { type ReprocessMessage, reprocessMessageSchema } from "../../shared/contracts/reprocess.ts";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { requireInstant } from "../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { Backfill } from "../../shared/ports/backfillStore.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DeadLetters } from "../../shared/ports/deadLetters.ts";
import type { BackfillRequest, Backfills } from "./backfills.ts";
import { requireDag } from "./requireDag.ts";

export interface ReprocessDeps {
  readonly backfills: Backfills;
  readonly dags: readonly DagDefinition[];
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
  receive(message: { readonly id: string; readonly body: unknown }): Promise<Backfill | null>;
  /** Keeps a message that was delivered as often as the queue allows, and could not be obeyed. */
  bury(message: { readonly id: string; readonly body: unknown }, error: string): Promise<void>;
  deadLetters: DeadLetters["list"];
  /** Reads it again, with `body` in place of its own where that is given. Fails as it would have then, and keeps the newer error. */
  replay(id: string, body?: unknown): Promise<Backfill>;
}

export const REPROCESS_QUEUE = "fx-medallion-reprocess";
/** What the store was away for, longer than that queue waits. */
export const DEAD_REPROCESS_QUEUE = "fx-medallion-reprocess-dead";

export function createReprocess(deps: ReprocessDeps): Reprocess {
  const bury = (id: string, body: unknown, error: string) =>
    deps.dead_letters.add({ id, queue: REPROCESS_QUEUE, body: toText(body), error, received_at: deps.clock.now() });
  return {
    check: (message) => void requestOf(deps, message),
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
    deadLetters: (query) => deps.dead_letters.list(query),
    replay: (id, body) => replay(deps, id, body),
  };
}

/** Everything in it is run again, whatever its state: that is what was asked for. */
async function obey(deps: ReprocessDeps, id: string, body: unknown): Promise<Backfill> {
  const message = checkValue(reprocessMessageSchema, body);
  return deps.backfills.create(requestOf(deps, message), { request_id: `reprocess-${id}`, reason: message.reason });
}

/** A message's fields, by what a backfill calls them. */
const FIELDS: Readonly<Record<string, string>> = { dag_id: "pipeline", from_date: "from", to_date: "to", map_keys: "instruments" };

/** What is wrong with the backfill, said of the message that it is made from: its sender knows no other fields. */
function inOwnWords<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, status, retryable, details } = error;
    const message = error.message.replace(/\b(?:dag_id|from_date|to_date|map_keys)\b/g, (name) => FIELDS[name] ?? name);
    const field = String(details["field"]);
    throw new AppError(code, message, { status, retryable, cause: error, details: { ...details, field: FIELDS[field] ?? field } });
  }
}

/** The backfill that a message asks for, checked before anything is asked of the store. */
function requestOf(deps: ReprocessDeps, { pipeline, instruments, from, to, reason }: ReprocessMessage): BackfillRequest {
  return inOwnWords(() => {
    requireDag(deps.dags, pipeline);
    const request: BackfillRequest = {
      dag_id: pipeline,
      window: { start: requireInstant(from, "from"), end: requireInstant(to, "to") },
      map_keys: { instrument: instruments },
      run_backwards: false,
      max_active_runs: DEFAULT_ACTIVE_RUNS,
      reprocess_behavior: "completed",
      conf: { reason },
    };
    deps.backfills.check(request);
    return request;
  });
}

async function replay(deps: ReprocessDeps, id: string, body?: unknown): Promise<Backfill> {
  const letter = await deps.dead_letters.find(id);
  if (!letter)
    throw new AppError("unknown_dead_letter", `id: there is no dead letter "${id.slice(0, 200)}".`, {
      status: 404,
      details: { field: "id" },
    });
  const text = body === undefined ? letter.body : toText(body);
  try {
    const backfill = await obey(deps, id, JSON.parse(text));
    await deps.dead_letters.markReplayed(id, text, deps.clock.now());
    return backfill;
  } catch (error) {
    const failure = toAppError(error);
    if (!failure.retryable) await deps.dead_letters.markFailed(id, text, failure.message);
    throw failure;
  }
}

/** What JSON has no word for (a queue carries more: big integers, cycles, any depth) is kept as its text. */
function toText(body: unknown): string {
  try {
    return JSON.stringify(body) ?? JSON.stringify(String(body));
  } catch (error) {
    return JSON.stringify(`${String(body)} (cannot be written as JSON: ${(error as Error).message})`);
  }
}
