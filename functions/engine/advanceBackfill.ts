import type { TaskKey } from "../../shared/contracts/dags.ts";
import { backfillIntervals } from "../../shared/dag/backfillIntervals.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { renewedDeadline } from "../../shared/dag/deadline.ts";
import { chooseMapKeys, MAP_DIMENSIONS, type MapKeys } from "../../shared/dag/mapKeys.ts";
import { type Instant, type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import type { Backfill, BackfillMove, BackfillStore, CoveringRun, ReprocessBehavior } from "../../shared/ports/backfillStore.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { newRun } from "./newRun.ts";
import { isMappedOver } from "./requireMapKeys.ts";

export interface BackfillDeps {
  readonly backfills: BackfillStore;
  readonly dags: readonly DagDefinition[];
  readonly clock: Clock;
  readonly newToken: () => string;
  readonly default_map_keys: MapKeys;
}

/** What is done about an interval. */
export type BackfillAction = "create" | "rerun" | "skip" | "wait";

/** More runs than this are two backfills: every one is a row that stays. */
export const MAX_BACKFILL_RUNS = 10_000;

/** Intervals taken in one go, most of them passed over: a second or so of an invocation. */
const MAX_TURNS = 200;
/** Intervals of one transaction: to run one again is a dozen statements. */
const MAX_MOVES = 25;

/**
 * Makes the next runs of a backfill, as many as max_active_runs allows. Called when it is created or resumed, when a run of it ends,
 * and by every sweep, so that it goes on after a restart. Intervals are taken in one transaction, by whoever comes first.
 */
export async function advanceBackfill(deps: BackfillDeps, id: number): Promise<{ queued: readonly TaskKey[]; turns: number }> {
  const queued: TaskKey[] = [];
  let intervals: TimeWindow[] | null = null;
  for (let turns = 0; ; ) {
    const backfill = await deps.backfills.find(id);
    const dag = deps.dags.find((candidate) => candidate.dag_id === backfill?.dag_id);
    if (!backfill || !dag || backfill.completed_at !== null || backfill.is_paused || turns >= MAX_TURNS) return { queued, turns };
    if (backfill.next_index >= backfill.total) {
      await deps.backfills.complete(id, deps.clock.now());
      return { queued, turns };
    }
    intervals ??= intervalsOf(backfill, dag);
    const taken = await takeNext(deps, backfill, dag, intervals);
    if (!taken) return { queued, turns };
    queued.push(...taken.started);
    turns += taken.moves;
  }
}

/** In the order in which they run. */
export function intervalsOf(backfill: Pick<Backfill, "window" | "step" | "run_backwards">, dag: DagDefinition): TimeWindow[] {
  const intervals = backfillIntervals(backfill.window, backfill.step, dag.schedule, MAX_BACKFILL_RUNS);
  return backfill.run_backwards ? intervals.reverse() : intervals;
}

/** As many of the next intervals as may run, up to one that has to wait. */
async function takeNext(deps: BackfillDeps, backfill: Backfill, dag: DagDefinition, intervals: readonly TimeWindow[]) {
  const free = backfill.max_active_runs - backfill.runs.queued - backfill.runs.running;
  if (free <= 0) return null;
  const now = deps.clock.now();
  const end = Math.min(backfill.next_index + Math.min(free, MAX_MOVES), backfill.total);
  const windows = intervals.slice(backfill.next_index, end);
  const map_keys = chooseMapKeys(backfill.map_keys, deps.default_map_keys);
  const coverings = await deps.backfills.coverings(dag.dag_id, windows, mappedKeys(dag, map_keys));
  const moves: BackfillMove[] = [];
  for (const [index, interval] of windows.entries()) {
    const move = moveFor(backfill, dag, interval, { map_keys, covering: coverings[index] ?? null, now });
    if (!move) break;
    moves.push(move);
  }
  // The schedule has changed since, and has fewer.
  if (windows.length === 0) moves.push({ kind: "skip" });
  if (moves.length === 0) return null;
  const started = await deps.backfills.take(dag, { id: backfill.id, index: backfill.next_index, token: deps.newToken(), now }, ...moves);
  return started && { started, moves: moves.length };
}

/** Null: it has to wait for the run that is there. */
function moveFor(
  backfill: Backfill,
  dag: DagDefinition,
  interval: TimeWindow,
  { map_keys, covering, now }: { readonly map_keys: MapKeys; readonly covering: CoveringRun | null; readonly now: Instant },
): BackfillMove | null {
  const action = actionFor(covering, backfill.reprocess_behavior);
  if (action === "wait") return null;
  if (action === "skip") return { kind: "skip" };
  const conf = backfill.conf;
  if (action === "rerun" && covering) return { kind: "rerun", run_id: covering.run_id, conf, deadline_at: renewedDeadline(dag, now) };
  const run_id = `backfill__${toIso(interval.start)}__${toIso(interval.end)}__${backfill.id}`;
  const run = { run_id, run_type: "backfill", window: interval, conf, triggered_by: "backfill" } as const;
  return { kind: "create", run: newRun(dag, run, map_keys, now) };
}

/** A run covers an interval for the keys that it has tasks of; a DAG without mapped tasks has none. */
export function mappedKeys(dag: DagDefinition, map_keys: MapKeys): readonly string[] {
  return MAP_DIMENSIONS.filter((dimension) => isMappedOver(dag, dimension)).flatMap((dimension) => map_keys[dimension]);
}

/**
 * What is done about an interval that a run may cover already. One that still runs is waited for: it may have begun before what is to be
 * processed again was there.
 */
export function actionFor(covering: CoveringRun | null, behavior: ReprocessBehavior): BackfillAction {
  if (!covering) return "create";
  if (behavior === "none") return "skip";
  if (covering.state === "queued" || covering.state === "running") return "wait";
  return behavior === "completed" || covering.state === "failed" ? "rerun" : "skip";
}
