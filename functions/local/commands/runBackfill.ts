import { type BackfillBody, createBackfill, planBackfill as planOfBackfill } from "../../../shared/contracts/backfills.ts";
import { AppError } from "../../../shared/errors.ts";
import { explainFailure, type FollowedRun, followRun, isWhole } from "../client/followRun.ts";
import { untilNextLook } from "../client/untilNextLook.ts";
import { withPatience } from "../client/withPatience.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { triggeredRun } from "../stack/bootstrap.ts";
import { type BackfillTally, reasonsOf, tally } from "../text/backfillReport.ts";
import type { Screen } from "../text/screen.ts";
import { type BackfillRequest, type BackfillStep, planBackfill } from "./backfillPlan.ts";

/** A run is made with its backfill. Where another backfill holds the interval's turn, it is waited for so long. */
const PATIENCE_MS = 60_000;

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
 * Replays history, one backfill of the engine after another. A training that fails does not end it: at the start of a history there is too
 * little to train on. A feature run that fails does, of the market or of the news, since everything after it would stand on a hole.
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
    is_stopped = step.backfill.dag_id !== "model_training";
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
  const run = await backfillToEnd(client, screen, label, step.backfill);
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
  return isWhole(run) ? null : explainFailure(client, step.backfill.dag_id, run.run_id, run.tasks);
}

/** Orders the backfill, and follows the one run of it to its end; where the interval had its run already, that one. */
async function backfillToEnd(
  client: WorkerClient,
  screen: Screen,
  label: string,
  body: BackfillBody,
): Promise<FollowedRun & { readonly run_id: string }> {
  const ordered = await withPatience(() => client.call(createBackfill, { body }));
  for (const began = Date.now(); ; await untilNextLook(began)) {
    const { backfills } = await withPatience(() => client.call(planOfBackfill, { body }));
    const run_id = backfills[0]?.dag_run_id ?? null;
    if (run_id !== null) return { ...(await followRun(client, screen, label, body.dag_id, run_id)), run_id };
    if (Date.now() - began > PATIENCE_MS)
      throw new AppError("internal", `Backfill ${ordered.id} of ${body.dag_id} has made no run: see GET /api/v2/backfills/${ordered.id}`);
  }
}
