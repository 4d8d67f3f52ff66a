import { latestInterval } from "../../shared/dag/cronInterval.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { countIntervals } from "../../shared/dag/missedRuns.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import type { TriggeredRun, TriggerRun } from "../../shared/ports/triggerRun.ts";
import type { TriggerDeps } from "./triggerRun.ts";

/**
 * Creates the runs that a cron of wrangler.toml stands for, and notes the intervals before them that never got one. One DAG that cannot be
 * scheduled does not keep the others from it: all are tried before the first error is thrown.
 */
export async function scheduleRuns(
  deps: TriggerDeps,
  trigger: TriggerRun,
  trigger_cron: string,
  scheduled_time: Instant,
): Promise<readonly TriggeredRun[]> {
  const scheduled = deps.dags.filter((dag) => dag.schedule?.trigger_cron === trigger_cron);
  if (scheduled.length === 0) return [];
  // One that is paused at this very moment may still get its run, which then waits.
  const paused = new Set(await deps.ledger.pausedDags());
  const due = scheduled.filter((dag) => !paused.has(dag.dag_id));
  const results = await Promise.allSettled(due.map((dag) => scheduleRun(deps, trigger, dag, scheduled_time)));
  return results.map((result) => {
    if (result.status === "fulfilled") return result.value;
    throw result.reason;
  });
}

async function scheduleRun(deps: TriggerDeps, trigger: TriggerRun, dag: DagDefinition, scheduled_time: Instant): Promise<TriggeredRun> {
  const { dag_id, schedule } = dag;
  const window = latestInterval(schedule!.cron, schedule!.time_zone, scheduled_time);
  // First: with the run there, the gap could not be told from one that was looked at.
  await noteGap(deps, dag, window.start);
  return trigger.triggerRun({ dag_id, run_type: "scheduled", window, conf: {}, triggered_by: "timetable" });
}

/** Nothing makes up for missed intervals by itself: what they need, and whether they are worth it, a person knows. */
async function noteGap(deps: TriggerDeps, { dag_id, schedule }: DagDefinition, start: Instant): Promise<void> {
  const gap = await deps.ledger.gapBefore(dag_id, start);
  if (!gap) return;
  const { reason, ...window } = gap;
  const intervals = countIntervals(schedule!, window);
  if (intervals > 0) await deps.ledger.noteMissed({ dag_id, window, intervals, reason, found_at: deps.clock.now() });
}
