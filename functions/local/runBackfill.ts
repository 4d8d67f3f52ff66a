import { type BackfillRequest, type BackfillStep, planBackfill } from "./backfillPlan.ts";
import { type BackfillTally, reasonsOf, tally } from "./backfillReport.ts";
import { triggeredRun } from "./bootstrap.ts";
import { explainFailure, followRun, isWhole, runToEnd } from "./followRun.ts";
import type { Screen } from "./screen.ts";
import type { WorkerClient } from "./workerClient.ts";

export interface BackfillResult {
  readonly tallies: readonly BackfillTally[];
  /** Why runs failed, one line each. */
  readonly failures: readonly string[];
  /** A run failed on which all that follows would stand: the rest was not replayed. */
  readonly is_stopped: boolean;
  /** Why intervals got no new model in Production. */
  readonly reasons: readonly string[];
}

/**
 * Replays history run by run. A training that fails does not end it: at the start of a history there is too little to
 * train on. A feature run that fails does, since everything after it would stand on a hole.
 */
export async function runBackfill(client: WorkerClient, screen: Screen, request: BackfillRequest): Promise<BackfillResult> {
  const steps = planBackfill(request);
  const tallies = new Map<string, BackfillTally>();
  const failures: string[] = [];
  const reasons: string[] = [];
  let is_stopped = false;
  for (const [index, step] of steps.entries()) {
    const failure = await runStep(client, screen, `${index + 1}/${steps.length} ${step.label}`, step, tallies, reasons);
    if (failure === null) continue;
    failures.push(`${step.label}: ${failure}`);
    screen.say(`  ${failure}`);
    is_stopped = step.run.dag_id !== "model_training";
    if (is_stopped) break;
  }
  return { tallies: [...tallies.values()].sort((a, b) => (a.instrument < b.instrument ? -1 : 1)), failures, is_stopped, reasons };
}

/** Returns why the step failed, or null. */
async function runStep(
  client: WorkerClient,
  screen: Screen,
  label: string,
  step: BackfillStep,
  tallies: Map<string, BackfillTally>,
  reasons: string[],
): Promise<string | null> {
  const run = await runToEnd(client, screen, label, step.run);
  tally(tallies, run.tasks);
  reasons.push(...reasonsOf(run.tasks));
  const triggered = triggeredRun(run);
  if (triggered) {
    const { dag_id, run_id } = triggered;
    const validation = await followRun(client, screen, `${label}, validation`, dag_id, run_id);
    tally(tallies, validation.tasks);
    reasons.push(...reasonsOf(validation.tasks));
    if (!isWhole(validation)) return explainFailure(client, dag_id, run_id, validation.tasks);
  }
  return isWhole(run) ? null : explainFailure(client, step.run.dag_id, step.run.run_id, run.tasks);
}
