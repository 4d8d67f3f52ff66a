import fc from "fast-check";
import type { DagDefinition, TriggerRule } from "../../../shared/dag/dag.ts";
import { defineDag, defineTask } from "../../../shared/dag/defineDag.ts";
import type { MapDimension, MapKeys } from "../../../shared/dag/mapKeys.ts";
import type { Pools } from "../../../shared/dag/pool.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import type { Ending } from "./triggerOracle.ts";

/** What a task's step does, whoever runs it and however often. */
export type Behaviour =
  | { readonly kind: "slices"; readonly count: number }
  | { readonly kind: "polls"; readonly count: number }
  | { readonly kind: "flaky"; readonly failures: number }
  | { readonly kind: "skips" }
  | { readonly kind: "fatal" }
  | { readonly kind: "hopeless" }
  /** A sensor for which nothing ever comes. */
  | { readonly kind: "waits"; readonly soft_fail: boolean };

export interface Scenario {
  readonly tasks: readonly {
    readonly map_over: MapDimension | null;
    readonly upstream: readonly number[];
    readonly rule: TriggerRule;
    readonly retries: number;
    readonly may_fail: boolean;
    readonly pool: string | null;
    /** Of so many hours of the backfill one slice does the work at once; null: none does. */
    readonly block_hours: number | null;
    readonly behaviours: readonly Behaviour[];
  }[];
  readonly map_keys: MapKeys;
  readonly runs: number;
  readonly max_active_runs: number;
  readonly pools: Pools;
  /** Intervals of a backfill beside the runs; 0: none. */
  readonly backfill: number;
  /** The backfill runs the intervals of the runs again, rather than others. */
  readonly reprocess: boolean;
  readonly run_backwards: boolean;
  /** Share of rounds in which a person does something. */
  readonly meddling: number;
  readonly seed: number;
}

const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("slices" as const), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("polls" as const), count: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("flaky" as const), failures: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("skips" as const, "fatal" as const, "hopeless" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("waits" as const), soft_fail: fc.boolean() }) },
);

const pool = fc.record({ slots: fc.integer({ min: 1, max: 2 }), include_deferred: fc.boolean() });

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  tasks: fc.array(
    fc.record({
      map_over: fc.constantFrom<(MapDimension | null)[]>(null, null, "instrument", "instrument", "source"),
      upstream: fc.uniqueArray(fc.nat(4), { maxLength: 3 }),
      rule: fc.constantFrom<TriggerRule>(
        "all_success",
        "all_success",
        "all_done",
        "one_failed",
        "none_failed",
        "none_failed_min_one_success",
        "always",
      ),
      retries: fc.integer({ min: 0, max: 2 }),
      may_fail: fc.constantFrom(false, false, true),
      pool: fc.constantFrom(null, null, "p", "q"),
      block_hours: fc.constantFrom(null, 1, 3),
      behaviours: fc.array(behaviour, { minLength: 3, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  map_keys: fc.record({
    instrument: fc.constantFrom(["A"], ["A", "B"], ["A", "B", "C"]),
    source: fc.constantFrom([], ["s"], ["s", "t"]),
  }),
  runs: fc.integer({ min: 1, max: 2 }),
  max_active_runs: fc.integer({ min: 1, max: 2 }),
  pools: fc.record({ p: pool, q: pool }),
  backfill: fc.constantFrom(0, 0, 1, 3),
  reprocess: fc.boolean(),
  run_backwards: fc.boolean(),
  meddling: fc.constantFrom(0, 0.05, 0.15),
  seed: fc.nat(),
});

/** The intervals of the backfill, and how many runs it adds. */
export function backfillOf(given: Scenario): { readonly start: number; readonly intervals: number; readonly new_runs: number } {
  if (given.backfill === 0) return { start: 0, intervals: 0, new_runs: 0 };
  if (given.reprocess) return { start: HOUR, intervals: given.runs, new_runs: 0 };
  return { start: Date.UTC(2025, 0, 1), intervals: given.backfill, new_runs: given.backfill };
}

let scenarios = 0;

/** A DAG of its own id, so that histories can share a database. */
export function buildDag(given: Scenario): DagDefinition {
  const tasks = given.tasks.map((task, index) => {
    const upstream = task.upstream.filter((other) => other < index).map((other) => `t${other}`);
    const needs_upstream = task.rule === "one_failed" || task.rule === "none_failed_min_one_success";
    // Settings belong to the task: the first behaviour decides for all its keys whether it is a sensor.
    const [first] = task.behaviours;
    return defineTask({
      task_id: `t${index}`,
      step: "work",
      map_over: task.map_over,
      upstream,
      trigger_rule: needs_upstream && upstream.length === 0 ? "all_success" : task.rule,
      retries: task.retries,
      may_fail: task.may_fail,
      retry_delay_ms: 1_000,
      pool: task.pool,
      block_ms: task.block_hours === null ? null : task.block_hours * HOUR,
      sensor: first?.kind === "waits" ? { poke_interval_ms: 30_000, timeout_ms: 90_000, soft_fail: first.soft_fail } : null,
    });
  });
  return defineDag({ dag_id: `dag-${++scenarios}`, description: "", schedule: null, max_active_runs: given.max_active_runs, tasks });
}

export function behaviourOf(given: Scenario, dag: DagDefinition, task_id: string, map_key: string): Behaviour {
  const index = dag.tasks.findIndex((task) => task.task_id === task_id);
  const { behaviours, retries, map_over } = given.tasks[index]!;
  const told = behaviours[map_over === null ? 0 : given.map_keys[map_over].indexOf(map_key)]!;
  if (behaviours[0]!.kind === "waits") return behaviours[0]!;
  // Only the first makes a sensor: elsewhere there is no timeout, and it would wait for ever.
  if (told.kind === "waits") return { kind: "slices", count: 1 };
  return told.kind === "flaky" ? { kind: "flaky", failures: Math.min(told.failures, retries) } : told;
}

export function endingOf(given: Scenario, dag: DagDefinition, task_id: string, map_key: string): Ending {
  const told = behaviourOf(given, dag, task_id, map_key);
  if (told.kind === "skips") return "skipped";
  if (told.kind === "waits") return told.soft_fail ? "skipped" : "failed";
  return told.kind === "fatal" || told.kind === "hopeless" ? "failed" : "success";
}
