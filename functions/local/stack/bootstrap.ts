import type { DagRun } from "../../../shared/contracts/dags.ts";
import { BOOTSTRAP_PREFIX } from "../../../shared/domain/bootstrapRun.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { DAY, HOUR, type Instant, requireInstant, SECOND, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { explainFailure, type FollowedRun, followRun, isWhole, runToEnd } from "../client/followRun.ts";
import type { RunRequest, WorkerClient } from "../client/workerClient.ts";
import type { Screen } from "../text/screen.ts";

const PREFIX = BOOTSTRAP_PREFIX;

/** True when a store has no model to answer with. */
export async function needsBootstrap(client: WorkerClient): Promise<boolean> {
  const models = await client.models();
  return models.every((model) => model.production === null);
}

/**
 * The first promotion that lies after the stack's clock; null when there is none. A store whose clock was set before it has had its
 * bootstrap: another would train models of a past that it has a record of.
 */
export async function promotionAhead(client: WorkerClient): Promise<{ readonly now: Instant; readonly promoted_at: Instant } | null> {
  const now = requireInstant((await client.store()).clock, "clock");
  const ahead: Instant[] = [];
  for (const { name } of await client.models()) {
    const transitions = await transitionsOf(client, name);
    const promoted = transitions.filter(({ to_stage }) => to_stage === "Production");
    ahead.push(...promoted.map(({ effective_at }) => requireInstant(effective_at, "effective_at")).filter((at) => at > now));
  }
  return ahead.length === 0 ? null : { now, promoted_at: Math.min(...ahead) };
}

async function transitionsOf(client: WorkerClient, name: string) {
  try {
    return (await client.model(name)).transitions;
  } catch (error) {
    if (error instanceof AppError && error.code === "unknown_model") return [];
    throw error;
  }
}

/**
 * From an empty store to the first models in Production: collect candles and news, build the features of both, train, validate,
 * promote. Every run has its end in its name, so that one that was cut off is found by the next start and goes on as the same run,
 * over its own days whatever `history_days` says now.
 */
export async function bootstrap(client: WorkerClient, screen: Screen, history_days: number): Promise<void> {
  const { window, resumed } = await bootstrapWindow(client, history_days);
  const { end } = window;
  const days = Math.round((end - window.start) / DAY);
  screen.say(
    `${resumed ? "Going on with the" : "No model is in Production yet:"} bootstrap over the ${counted(days, "day")} before ${toIso(end)}. It trains with fewer seeds and folds than the nightly training.`,
  );
  const request = (dag_id: string, conf: Record<string, unknown> = {}): RunRequest => ({
    dag_id,
    run_id: `${PREFIX}${toIso(end)}`,
    ...window,
    conf,
    run_type: "manual",
  });
  await step(client, screen, "1/5 collecting candles and news", "validate_bronze", request("data_collection"));
  await step(client, screen, "2/5 building market features", "materialize_market", request("market_feature_pipeline"));
  await newsStep(client, screen, request("news_feature_pipeline"));
  const training = await step(
    client,
    screen,
    "4/5 training models",
    "trigger_validation",
    request("model_training", { profile: "bootstrap" }),
  );
  await validate(client, screen, training);
}

/**
 * Runs one pipeline to its end. One instrument may fail while the others succeed: the bootstrap goes on when the
 * pipeline's `final_task` succeeded for any, and stops with the reason when it did for none.
 */
async function step(client: WorkerClient, screen: Screen, label: string, final_task: string, request: RunRequest): Promise<FollowedRun> {
  const run = await carryOut(client, screen, label, request);
  if (isWhole(run)) return run;
  const reason = await explainFailure(client, request.dag_id, request.run_id, run.tasks);
  const isUseful = run.tasks.some((task) => task.task_id === final_task && task.state === "success");
  if (!isUseful) throw new AppError("internal", `The bootstrap stopped at "${label}": ${reason}`);
  screen.say(`  ${reason}; going on with the others`);
  return run;
}

/**
 * Models are trained without news where there is none, or where none could be read: the bootstrap says so and goes on. The next training
 * takes in what there is by then.
 */
async function newsStep(client: WorkerClient, screen: Screen, request: RunRequest): Promise<void> {
  const run = await carryOut(client, screen, "3/5 reading news and building its features", request);
  if (!isWhole(run)) screen.say(`  ${await explainFailure(client, request.dag_id, request.run_id, run.tasks)}`);
  const built = run.tasks.filter((task) => task.task_id === "build_news_gold" && task.state === "success").length;
  if (built === 0) screen.say("  There is no news in these days: the first models are trained on the market alone");
}

/** A run that was begun goes on as it is, whatever the settings say now. */
async function carryOut(client: WorkerClient, screen: Screen, label: string, request: RunRequest): Promise<FollowedRun> {
  const { dag_id, run_id } = request;
  const begun = await runOrNull(client, dag_id, run_id);
  return begun ? followRun(client, screen, label, dag_id, run_id) : runToEnd(client, screen, label, request);
}

async function validate(client: WorkerClient, screen: Screen, training: FollowedRun): Promise<void> {
  const triggered = triggeredRun(training);
  if (triggered === null)
    throw new AppError("internal", "The bootstrap stopped: the training registered no model. See: fx runs model_training");
  await followRun(client, screen, "5/5 validating and promoting", triggered.dag_id, triggered.run_id);
  const models = await client.models();
  const promoted = models.filter((model) => model.production !== null).length;
  screen.say(
    `${promoted} of ${counted(models.length, "model")} ${byCount(promoted, "passed its checks and is", "passed their checks and are")} in Production.`,
  );
}

/** The validation run that a training started, from the report of its task trigger_validation. */
export function triggeredRun(training: FollowedRun): TriggeredRunName | null {
  return triggeredRuns(training, "trigger_validation")[0] ?? null;
}

export interface TriggeredRunName {
  readonly dag_id: string;
  readonly run_id: string;
}

/** The runs that the tasks of a step started. */
export function triggeredRuns({ tasks }: FollowedRun, step: string): TriggeredRunName[] {
  return tasks.flatMap(({ task_id, report }) => {
    const triggered = report?.["triggered"] as { dag_id?: unknown; run_id?: unknown } | undefined;
    if (task_id !== step || typeof triggered?.dag_id !== "string" || typeof triggered.run_id !== "string") return [];
    return [{ dag_id: triggered.dag_id, run_id: triggered.run_id }];
  });
}

/**
 * The window of the bootstrap that was cut off, or a new one: it ends with the hour that the stack's clock is in. A
 * bootstrap that ended without a model is not repeated under its name, whose runs have ended: a later moment is a new
 * attempt.
 */
async function bootstrapWindow(client: WorkerClient, history_days: number): Promise<{ window: TimeWindow; resumed: boolean }> {
  const { dag_runs } = await client.runs("data_collection", { limit: 100 });
  const begun = dag_runs.filter((run) => run.dag_run_id.startsWith(PREFIX));
  const last = begun.toSorted((a, b) => (a.dag_run_id < b.dag_run_id ? -1 : 1)).at(-1);
  if (last !== undefined && !(await hasEnded(client, last.dag_run_id.slice(PREFIX.length))))
    return { window: windowOf(last), resumed: true };
  const now = requireInstant((await client.store()).clock, "clock");
  const hour = Math.floor(now / HOUR) * HOUR;
  const isTaken = begun.some((run) => run.dag_run_id === `${PREFIX}${toIso(hour)}`);
  const end = isTaken ? Math.floor(now / SECOND) * SECOND : hour;
  return { window: { start: end - history_days * DAY, end }, resumed: false };
}

function windowOf(run: DagRun): TimeWindow {
  return {
    start: requireInstant(run.data_interval_start, "data_interval_start"),
    end: requireInstant(run.data_interval_end, "data_interval_end"),
  };
}

/**
 * True when no step of the bootstrap is left to do: its validation is over, or a step failed for good. Once the training is there, the
 * news before it has been read, or is of a version that read none.
 */
async function hasEnded(client: WorkerClient, end: string): Promise<boolean> {
  for (const dag_id of ["data_collection", "market_feature_pipeline", "model_training"]) {
    const run = await runOrNull(client, dag_id, `${PREFIX}${end}`);
    if (run === null || run.state === "queued" || run.state === "running") return false;
  }
  const validation = await runOrNull(client, "model_validation", `triggered__${PREFIX}${end}`);
  return validation === null || validation.state === "success" || validation.state === "failed";
}

async function runOrNull(client: WorkerClient, dag_id: string, run_id: string): Promise<DagRun | null> {
  try {
    return await client.run(dag_id, run_id);
  } catch (error) {
    if (error instanceof AppError && error.code === "unknown_run") return null;
    throw error;
  }
}
