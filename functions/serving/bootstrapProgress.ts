import { isTerminal, type RunState } from "../../shared/dag/taskState.ts";
import { BOOTSTRAP_PREFIX, BOOTSTRAP_STEPS, type BootstrapStep, bootstrapRunId } from "../../shared/domain/bootstrapRun.ts";
import type { LedgerQueries } from "../../shared/ports/ledgerQueries.ts";
import type { LedgerRun } from "../../shared/ports/ledgerRecords.ts";

/** How far the bootstrap is that is to bring the first models. */
export interface BootstrapProgress {
  /** From 1. */
  readonly step: number;
  readonly steps: number;
  readonly dag_id: BootstrapStep;
  readonly run_id: string;
  readonly state: RunState;
  readonly tasks_done: number;
  readonly tasks_total: number;
}

/** The step that the newest bootstrap is at; null when there was none, or its last step is over. */
export async function bootstrapProgress(ledger: Pick<LedgerQueries, "runs" | "run" | "taskInstances">): Promise<BootstrapProgress | null> {
  const { runs } = await ledger.runs(BOOTSTRAP_STEPS[0], { order: { field: "queued_at", is_descending: true }, limit: 20, offset: 0 });
  const first = runs.find((run) => run.run_id.startsWith(BOOTSTRAP_PREFIX));
  if (first === undefined) return null;
  const found = await Promise.all(BOOTSTRAP_STEPS.map((step) => ledger.run(step, bootstrapRunId(step, first.run_id))));
  const at = found.findLastIndex((run) => run !== null);
  const run = found[at]!;
  const is_over = at === BOOTSTRAP_STEPS.length - 1 && run.state !== "queued" && run.state !== "running";
  return is_over ? null : describe(ledger, at, run);
}

async function describe(ledger: Pick<LedgerQueries, "taskInstances">, at: number, run: LedgerRun): Promise<BootstrapProgress> {
  const dag_id = BOOTSTRAP_STEPS[at]!;
  const tasks = await ledger.taskInstances(dag_id, run.run_id);
  return {
    step: at + 1,
    steps: BOOTSTRAP_STEPS.length,
    dag_id,
    run_id: run.run_id,
    state: run.state,
    tasks_done: tasks.filter(({ state }) => state !== null && isTerminal(state)).length,
    tasks_total: tasks.length,
  };
}
