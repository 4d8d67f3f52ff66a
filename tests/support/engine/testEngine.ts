import { z } from "zod";
import { createEngine } from "../../../functions/engine/engine.ts";
import type { EngineDeps } from "../../../functions/engine/engineDeps.ts";
import type { Dag, DagDefinition, TaskDefinition } from "../../../shared/dag/dag.ts";
import type { RunBlock, RunSlice, Step, StepOutcome } from "../../../shared/dag/step.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import type { Timers } from "../../../shared/ports/timers.ts";
import { createMemoryHints } from "../ports/memoryHints.ts";

export interface TestClock {
  now(): Instant;
  set(instant: Instant): void;
  advance(ms: number): void;
}

export function createTestClock(start: Instant): TestClock {
  let now = start;
  return {
    now: () => now,
    set: (instant) => {
      now = Math.max(now, instant);
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface TestTimers extends Timers {
  /** Calls everything that is due by the clock. */
  fire(): void;
  readonly length: number;
}

export function createTestTimers(clock: TestClock): TestTimers {
  let waiting: { due_at: Instant; run: () => void }[] = [];
  return {
    after: (delay_ms, run) => {
      const entry = { due_at: clock.now() + delay_ms, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    fire: () => {
      const due = waiting.filter((entry) => entry.due_at <= clock.now());
      waiting = waiting.filter((entry) => entry.due_at > clock.now());
      for (const entry of due) entry.run();
    },
    get length() {
      return waiting.length;
    },
  };
}

/** For tests whose DAGs need neither: those that do hand theirs in. */
const NO_OUTBOX: EngineDeps<null>["outbox"] = {
  take: async () => [],
  markDelivered: async () => {},
  markFailed: async () => {},
  list: async () => ({ callbacks: [], total_entries: 0 }),
};

function noBackfills(): never {
  throw new Error("this test has no backfills: hand in a store");
}
const NO_BACKFILLS: EngineDeps<null>["backfills"] = {
  create: noBackfills,
  find: noBackfills,
  list: noBackfills,
  covering: noBackfills,
  coverings: noBackfills,
  take: noBackfills,
  complete: noBackfills,
  setPaused: noBackfills,
  cancel: noBackfills,
};

/** A task whose step is named and stands in a table; without a name, it is that of the task. */
export type NamedTask = TaskDefinition & { readonly step?: string };

/** The DAG with its steps, which take what they are given and answer what they like. */
export function withSteps(dag: DagDefinition<NamedTask>, steps: Readonly<Record<string, RunSlice<null>>>): Dag<null> {
  return { ...dag, tasks: dag.tasks.map((task) => ({ ...task, step: anyStep(task, steps) })) };
}

function anyStep(task: NamedTask, steps: Readonly<Record<string, RunSlice<null>>>): Step<null> {
  const name = task.step ?? task.task_id;
  const run = steps[name];
  if (!run) throw new Error(`this test has no step "${name}"`);
  const step = { name, reads: [], report: z.looseObject({}), run };
  return task.block_ms === null ? step : { ...step, block: { span_ms: task.block_ms, run: oneAfterTheOther(run) } };
}

/** A block that does what the step does for each. */
function oneAfterTheOther(run: RunSlice<null>): RunBlock<null> {
  return async (ports, contexts) => {
    const outcomes: StepOutcome[] = [];
    for (const context of contexts) outcomes.push(await run(ports, context));
    return outcomes;
  };
}

/** The DAG with something around each of its steps. */
export function wrapSteps<Ports>(dag: Dag<Ports>, wrap: (step: Step<Ports>) => RunSlice<Ports>): Dag<Ports> {
  return { ...dag, tasks: dag.tasks.map((task) => ({ ...task, step: { ...task.step, run: wrap(task.step) } })) };
}

/** An engine on the given ledger with a clock, timers and hints that the test drives. */
export function createTestEngine(
  ledger: Ledger,
  dags: readonly DagDefinition<NamedTask>[],
  steps: Readonly<Record<string, RunSlice<null>>>,
  over: Partial<EngineDeps<null>> = {},
) {
  const clock = createTestClock(Date.UTC(2025, 5, 27, 12));
  const timers = createTestTimers(clock);
  const hints = createMemoryHints(clock);
  let tokens = 0;
  const deps: EngineDeps<null> = {
    ledger,
    dags: dags.map((dag) => withSteps(dag, steps)),
    ports: null,
    clock,
    timers,
    hints,
    newToken: () => `token-${++tokens}`,
    backfills: NO_BACKFILLS,
    outbox: NO_OUTBOX,
    notifier: { notify: async () => {} },
    pools: {},
    default_map_keys: { instrument: ["EUR_USD", "USD_SGD"], source: ["wire", "blog"] },
    lease_ms: 60_000,
    heartbeat_ms: 20_000,
    max_takeovers: 3,
    ...over,
  };
  return { engine: createEngine(deps), clock, timers, hints, deps };
}
