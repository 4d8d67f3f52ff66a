import type { Dag, DagRun } from "../../../shared/contracts/dags.ts";
import { latestInterval } from "../../../shared/dag/cronInterval.ts";
import { DAY, type Instant, MINUTE, requireInstant, SECOND, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import { explainFailure, followRun, isWhole, runToEnd } from "../client/followRun.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { formatDuration } from "../text/formatDuration.ts";
import type { Screen } from "../text/screen.ts";
import { isPrediction, predictAll } from "../text/showPredictions.ts";

/** What a served answer depends on, in the order in which one feeds the next. Training has its night. */
const PIPELINES = [
  { dag_id: "data_collection", label: "collecting candles and news" },
  { dag_id: "market_feature_pipeline", label: "building market features and serving them" },
  { dag_id: "news_feature_pipeline", label: "reading news and serving its features" },
] as const;

const TRAINING = "model_training";

/** News of longer ago are for a backfill. Candles and their features have no such bound: they go on from the last bar that is stored. */
const LONGEST_MS = 35 * DAY;
/** A run that takes longer goes on by itself: a site or a broker that is away must not keep the start from its end. */
const PATIENCE_MS = 3 * MINUTE;

/** What is due of one pipeline: a run that has begun, or one to make over what was missed. */
type Due = { readonly kind: "begun"; readonly run: DagRun } | { readonly kind: "missed"; readonly window: TimeWindow };

/**
 * Does at a start what fell due while the stack was off, in order, and shows how far it is: collect, build and serve the market's features,
 * then the news. One run a pipeline over the whole span; what the ledger says was begun goes on instead. Without it, the first answer
 * would wait for the schedule, an hour at most.
 */
export async function catchUp(client: WorkerClient, screen: Screen): Promise<void> {
  const now = requireInstant((await client.store()).clock, "clock");
  const isStale = await hasStaleAnswer(client);
  let has_told = false;
  for (const [index, { dag_id, label }] of PIPELINES.entries()) {
    const dag = await client.dag(dag_id);
    const due = dueOf(dag, await newestRun(client, dag_id), now, isStale);
    if (due === null) continue;
    if (dag.is_paused) {
      screen.say(`${dag_id} is paused, so what it missed is not made up for: npm run fx -- unpause ${dag_id}`);
      continue;
    }
    if (!has_told) screen.say(`Work fell due while the stack was off${sinceOf(due, now)}: doing it now.`);
    has_told = true;
    await carryOut(client, screen, `${index + 1}/${PIPELINES.length} ${label}`, dag_id, due, now);
  }
  await tellOfMissedTraining(client, screen, now);
}

/**
 * A stack that is off each night would never train again, and nobody would know: the schedule notes a gap with its next run, which does
 * not come either. Training takes minutes, and the answers do not wait for it, so it is a person's to start.
 */
async function tellOfMissedTraining(client: WorkerClient, screen: Screen, now: Instant): Promise<void> {
  const dag = await client.dag(TRAINING);
  const due = dueOf(dag, await newestRun(client, TRAINING), now, false);
  if (due?.kind !== "missed" || dag.is_paused) return;
  screen.say(
    `${TRAINING} did not run at ${toIso(due.window.end)}, when the stack was off; the models of before serve on. To train now: npm run fx -- trigger ${TRAINING}`,
  );
}

/** Null when the newest run of the pipeline covers the interval that is due. An answer that is stale all the same has it run once more. */
export function dueOf({ schedule }: Pick<Dag, "schedule">, newest: DagRun | null, now: Instant, isStale: boolean): Due | null {
  if (schedule === null) return null;
  const interval = latestInterval(schedule.cron, schedule.time_zone, now);
  if (newest === null) return { kind: "missed", window: interval };
  const covered_until = requireInstant(newest.data_interval_end, "data_interval_end");
  if (covered_until < interval.end)
    return { kind: "missed", window: { start: Math.max(covered_until, interval.end - LONGEST_MS), end: interval.end } };
  if (newest.state === "queued" || newest.state === "running") return { kind: "begun", run: newest };
  return isStale ? { kind: "missed", window: interval } : null;
}

async function newestRun(client: WorkerClient, dag_id: string): Promise<DagRun | null> {
  const { dag_runs } = await client.runs(dag_id, { limit: 1, order_by: ["-data_interval_end"] });
  return dag_runs[0] ?? null;
}

/** The collection may have gone on while OANDA was away, and the ledger then knows of no gap. */
async function hasStaleAnswer(client: WorkerClient): Promise<boolean> {
  return (await predictAll(client)).some((row) => !isPrediction(row) && row.error.code === "features_stale");
}

function sinceOf(due: Due, now: Instant): string {
  return due.kind === "missed" ? `, ${formatDuration(Math.round((now - due.window.start) / SECOND) * SECOND)} since the last of it` : "";
}

async function carryOut(client: WorkerClient, screen: Screen, label: string, dag_id: string, due: Due, now: Instant): Promise<void> {
  const run_id = due.kind === "begun" ? due.run.dag_run_id : `manual__catch_up__${new Date(now).toISOString()}`;
  const run =
    due.kind === "begun"
      ? await followRun(client, screen, label, dag_id, run_id, PATIENCE_MS)
      : await runToEnd(client, screen, label, { dag_id, run_id, ...due.window, conf: {}, run_type: "manual" }, PATIENCE_MS);
  if (run.state === "running") screen.say(`  It goes on by itself; how far it is: npm run fx -- logs ${dag_id} ${run_id}`);
  else if (!isWhole(run)) screen.say(`  ${await explainFailure(client, dag_id, run_id, run.tasks)}`);
}
