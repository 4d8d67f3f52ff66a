import type { TimeWindow } from "../domain/instant.ts";
import type { Effect } from "../ports/effect.ts";

/** Counts and small facts of one step, kept in the ledger and read by later steps of the run. JSON only. */
export interface StepReport {
  readonly read?: number;
  readonly written?: number;
  readonly rejected?: number;
  readonly [fact: string]: unknown;
}

/** Where a sliced or polled task goes on. JSON only. */
export type Cursor = Readonly<Record<string, unknown>>;

export interface StepContext {
  readonly dag_id: string;
  readonly run_id: string;
  readonly task_id: string;
  /** The instrument (or source) of a mapped task; "" for a task that is not mapped. */
  readonly map_key: string;
  readonly try_number: number;
  /** The run's data interval. Its end is the step's only "now". */
  readonly window: TimeWindow;
  readonly conf: Readonly<Record<string, unknown>>;
  /** What the last slice left, null at the first. */
  readonly cursor: Cursor | null;
  /** Report of an upstream task: the one with the same map_key where both are mapped over the same. Null when it was skipped. */
  upstream(task_id: string): StepReport | null;
  /** All reports of an upstream task that is mapped over something else than this one, by map_key. */
  upstreamAll(task_id: string): Readonly<Record<string, StepReport>>;
  /** A line for the task's log. */
  log(line: string): void;
  /**
   * Has a prepared write done in the transaction that ends this slice, in the order given: not at all when the step fails, or another
   * worker has the lease by then. What the step reads meanwhile does not show it.
   */
  withSettlement(effect: Effect): void;
}

/**
 * How a step ended. Failures are thrown (AppError: retryable or not).
 * - success: done, with its report
 * - continue: a slice is done, go on from `cursor` at once
 * - reschedule: waits for something outside (`reason` says what); look again in `delay_ms`, holding no slot meanwhile. A sensor may
 *   leave delay_ms to its poke interval.
 * - skipped: there is nothing to do, and why
 */
export type StepOutcome =
  | { readonly kind: "success"; readonly report: StepReport }
  | { readonly kind: "continue"; readonly cursor: Cursor; readonly report: StepReport }
  | {
      readonly kind: "reschedule";
      readonly delay_ms?: number;
      readonly reason?: string;
      readonly cursor: Cursor | null;
      readonly report: StepReport;
    }
  | { readonly kind: "skipped"; readonly reason: string };

/** One idempotent unit of a pipeline. `Ports` is the set of adapters that the composition root puts together. */
export type Step<Ports> = (ports: Ports, context: StepContext) => Promise<StepOutcome>;
