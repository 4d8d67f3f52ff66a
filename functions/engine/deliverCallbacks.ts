import { HOUR, MINUTE, toIso } from "../../shared/domain/instant.ts";
import { toAppError } from "../../shared/errors.ts";
import type { Callback, CallbackOutbox } from "../../shared/ports/callbackOutbox.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Notification, Notifier } from "../../shared/ports/notifier.ts";
import { alertNotification } from "./alertNotification.ts";

export interface DeliveryDeps {
  readonly outbox: CallbackOutbox;
  readonly notifier: Notifier;
  readonly clock: Clock;
}

/** In one sweep. */
const LIMIT = 20;
/** Until then a delivery is in somebody's hands. */
const TAKE_MS = MINUTE;
/** Doubles up to this; given up never: a receiver that was away for days still hears of it. */
const MAX_DELAY_MS = HOUR;

/** Hands what waits in the outbox to the notifier, and returns how many it took. At least once: the id of a notification stays. */
export async function deliverCallbacks(deps: DeliveryDeps): Promise<number> {
  const now = deps.clock.now();
  const taken = await deps.outbox.take(now, now + TAKE_MS, LIMIT);
  let delivered = 0;
  for (const callback of taken) {
    try {
      await deps.notifier.notify(toNotification(callback));
    } catch (error) {
      const { message, retry_after_ms } = toAppError(error);
      const delay_ms = Math.max(retry_after_ms ?? 0, Math.min(MAX_DELAY_MS, TAKE_MS * 2 ** (callback.attempts - 1)));
      await deps.outbox.markFailed(callback.id, message, deps.clock.now() + delay_ms);
      continue;
    }
    await deps.outbox.markDelivered(callback.id, deps.clock.now());
    delivered++;
  }
  return delivered;
}

function toNotification(callback: Callback): Notification {
  if (callback.kind === "alert") return alertNotification(callback);
  const { kind, dag_id, run_id, task_id, map_key, try_number } = callback;
  const task = task_id === null ? {} : { task_id, map_key: map_key ?? "", try_number: String(try_number) };
  return {
    id: callback.dedupe_key,
    kind,
    severity: kind === "on_deadline_missed" ? "warning" : "error",
    title: titleOf(callback),
    text: `${textOf(callback)}\nRun ${run_id}, at ${toIso(callback.created_at)}.`,
    labels: { dag_id, run_id, ...task },
    starts_at: callback.created_at,
  };
}

function titleOf({ kind, dag_id, task_id, map_key, try_number }: Callback): string {
  const task = `${dag_id}.${task_id}${map_key ? ` (${map_key})` : ""}`;
  if (kind === "on_failure") return `${task} has failed`;
  if (kind === "on_retry_exhausted") return `${task} has used up its retries, at try ${try_number}`;
  return kind === "on_run_failure" ? `A run of ${dag_id} has failed` : `A run of ${dag_id} is late`;
}

function textOf({ kind, details }: Callback): string {
  if (kind === "on_deadline_missed") return `It was to be done by ${toIso(Number(details["deadline_at"]))}, and is ${details["state"]}.`;
  if (kind === "on_run_failure")
    return `Failed: ${(details["failed_tasks"] as string[] | undefined)?.join(", ") || "tasks that others wait for"}.`;
  const error = details["error"] as { code: string; message: string } | null | undefined;
  return error ? `${error.code}: ${error.message}` : "The try left no error.";
}
