import type { z } from "zod";
import type { TimeWindow } from "../domain/instant.ts";
import type { Effect } from "../ports/effect.ts";

/** Counts and small facts of one step, kept in the ledger and read by later steps of the run. JSON only. */
export interface StepReport {
  readonly read?: number | undefined;
  readonly written?: number | undefined;
  readonly rejected?: number | undefined;
  readonly [fact: string]: unknown;
}

/** Where a sliced or polled task goes on. JSON only. */
export type Cursor = Readonly<Record<string, unknown>>;

/** What the code of a step is told of its task. `Cursor`: what the step itself leaves behind between two slices. */
export interface StepContext<Cursor = unknown> {
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
  /** A line for the task's log. */
  log(line: string): void;
  /**
   * Has a prepared write done in the transaction that ends this slice, in the order given: not at all when the step fails, or another
   * worker has the lease by then. What the step reads meanwhile does not show it.
   */
  withSettlement(effect: Effect): void;
}

/** What the engine hands to a step for one slice: reports and cursor as the ledger keeps them, which nobody has looked at yet. */
export interface SliceContext extends StepContext<Cursor> {
  /**
   * Report of an upstream task: the one with the same map_key where both are mapped over the same. Null when it was skipped, failed or is
   * not there; {} when it succeeded and left none, as one that was marked by hand.
   */
  upstream(task_id: string): StepReport | null;
  /** All reports of an upstream task that is mapped over something else than this one, by map_key. */
  upstreamAll(task_id: string): Readonly<Record<string, StepReport>>;
}

/**
 * How a slice ended. Failures are thrown (AppError: retryable or not).
 * - success: done, with its report
 * - continue: a slice is done, go on from `cursor` at once; its report is of the work so far, and is shown to people alone
 * - reschedule: waits for something outside (`reason` says what); look again in `delay_ms`, holding no slot meanwhile. A sensor may
 *   leave delay_ms to its poke interval.
 * - skipped: there is nothing to do, and why
 */
export type StepOutcome<Report = StepReport, Left = Cursor> =
  | { readonly kind: "success"; readonly report: Report }
  | { readonly kind: "continue"; readonly cursor: Left; readonly report: Partial<Report> }
  | {
      readonly kind: "reschedule";
      readonly delay_ms?: number;
      readonly reason?: string;
      readonly cursor: Left | null;
      readonly report: Partial<Report>;
    }
  | { readonly kind: "skipped"; readonly reason: string };

/** A step as those see it who read its report. */
export interface ReportedStep<Report> {
  /** Snake case. A task that runs it has this name unless its DAG says otherwise; one whose report is read has it always. */
  readonly name: string;
  readonly report: z.ZodType<Report>;
}

/** What a step reads of another: its report, which must be there; its report or null; or the reports of all map keys. */
export interface Read<Report = unknown> {
  readonly step: ReportedStep<Report>;
  readonly how: "required" | "optional" | "each";
}

/** One idempotent unit of a pipeline. `Ports` is the set of adapters that the composition root puts together. */
export interface Step<Ports, Report = StepReport> extends ReportedStep<Report> {
  readonly reads: readonly Read[];
  readonly run: RunSlice<Ports>;
  /** Absent: the step is run for each run by itself. */
  readonly block?: StepBlock<Ports>;
}

/**
 * The work of one task in several runs of a backfill, done at once: with the outcomes and the writes that `run` would have given for one
 * after the other, in the order of the contexts. It writes through withSettlement alone, or what may be written again.
 */
export interface StepBlock<Ports> {
  /** Their data intervals together are at most so long: it bounds what a block holds in memory. */
  readonly span_ms: number;
  readonly run: RunBlock<Ports>;
}

/** An outcome for each context. Null: not at once; each is then run by itself, as where it throws. */
export type RunBlock<Ports> = (ports: Ports, contexts: readonly SliceContext[]) => Promise<readonly StepOutcome[] | null>;

/** Runs one slice of a step. */
export type RunSlice<Ports> = (ports: Ports, context: SliceContext) => Promise<StepOutcome>;
