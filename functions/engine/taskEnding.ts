import type { AttemptError, TaskKey } from "../../shared/contracts/dags.ts";
import type { CallbackKind, DagDefinition, SensorSettings, TaskDefinition } from "../../shared/dag/dag.ts";
import { retryDelay } from "../../shared/dag/retryDelay.ts";
import type { StepOutcome } from "../../shared/dag/step.ts";
import { type Instant, MINUTE, SECOND } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { TaskEnding } from "../../shared/ports/ledger.ts";

/** What the ledger knew of the try when the slice began. */
export interface TryFacts {
  readonly key: TaskKey;
  readonly try_number: number;
  readonly max_tries: number;
}

/**
 * What a step's outcome means for the ledger. A report stands as the step gave it, and the newest replaces the one before: a sliced step
 * keeps its totals in its cursor, which is written in the same transaction, so that a slice repeated after a crash counts once.
 */
export function endingOfOutcome(outcome: StepOutcome, task: TaskDefinition, first_started_at: Instant, now: Instant): TaskEnding {
  switch (outcome.kind) {
    case "success":
      return { state: "success", report: outcome.report };
    case "skipped":
      return { state: "skipped", note: outcome.reason };
    case "continue":
      return { state: "up_for_reschedule", cursor: outcome.cursor, report: outcome.report, not_before: now };
    case "reschedule":
      return endingOfWait(outcome, task, first_started_at, now);
  }
}

/** Looks again after its delay, and a sensor last at its timeout, after which it is given up. */
function endingOfWait(
  outcome: Extract<StepOutcome, { kind: "reschedule" }>,
  { sensor }: TaskDefinition,
  first_started_at: Instant,
  now: Instant,
): TaskEnding {
  const give_up_at = sensor ? first_started_at + sensor.timeout_ms : Number.POSITIVE_INFINITY;
  if (sensor && now >= give_up_at) return endingOfTimeout(sensor, outcome.reason);
  const delay_ms = outcome.delay_ms ?? sensor?.poke_interval_ms ?? DEFAULT_POKE_INTERVAL_MS;
  const not_before = Math.min(now + Math.max(0, Math.ceil(delay_ms)), give_up_at);
  const note = outcome.reason === undefined ? {} : { note: outcome.reason };
  return { state: "up_for_reschedule", cursor: outcome.cursor, report: outcome.report, not_before, ...note };
}

/** No retry: its time is used up, and retries share it. */
function endingOfTimeout(sensor: SensorSettings, reason: string | undefined): TaskEnding {
  const message = `waited ${sensor.timeout_ms / SECOND} s, its timeout: ${reason ?? "what it waits for did not come"}`;
  if (sensor.soft_fail) return { state: "skipped", note: message };
  return { state: "failed", error: { code: "sensor_timeout", message, retryable: false } };
}

/** Airflow's poke_interval. */
const DEFAULT_POKE_INTERVAL_MS = MINUTE;

/** A failed try: tried again after its backoff while the error may pass and tries are left. */
export function endingOfFailure(error: AppError, task: TaskDefinition, facts: TryFacts, now: Instant): TaskEnding {
  const reported = describeError(error);
  if (!error.retryable || facts.try_number > facts.max_tries) return { state: "failed", error: reported };
  const delay_ms = retryDelay({
    ...facts.key,
    try_number: facts.try_number,
    counted_tries: Math.max(1, facts.try_number - (facts.max_tries - task.retries)),
    retry_delay_ms: task.retry_delay_ms,
    max_retry_delay_ms: task.max_retry_delay_ms,
    retry_after_ms: error.retry_after_ms,
  });
  return { state: "up_for_retry", error: reported, not_before: now + delay_ms, is_takeover: false };
}

/**
 * A try whose worker is gone. It goes on at once, from the cursor of its last finished slice, and the lost try does not count: after
 * `max_takeovers` in a row it counts as any failure does.
 */
export function endingOfLostLease(
  task: TaskDefinition,
  facts: TryFacts & { readonly takeovers: number },
  max_takeovers: number,
  now: Instant,
): TaskEnding {
  const error = new AppError("lease_expired", "lease expired: the worker that ran this try was lost before it ended", { retryable: true });
  if (facts.takeovers >= max_takeovers) return endingOfFailure(error, task, facts, now);
  return { state: "up_for_retry", error: describeError(error), not_before: now, is_takeover: true };
}

/** Which callbacks a task's end asks for, of those that its DAG has. */
export function callbacksOf(ending: TaskEnding, dag: DagDefinition): CallbackKind[] {
  if (ending.state !== "failed") return [];
  const kinds: CallbackKind[] = ending.error.retryable ? ["on_failure", "on_retry_exhausted"] : ["on_failure"];
  return kinds.filter((kind) => dag.callbacks.includes(kind));
}

function describeError(error: AppError): AttemptError {
  return { code: error.code, message: error.message, retryable: error.retryable };
}
