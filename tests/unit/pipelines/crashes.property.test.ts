import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { createLedger } from "../../../functions/adapters/libsql/ledger.ts";
import { type DagDefinition, defineDag, defineTask, type TriggerRule } from "../../../shared/domain/dag.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import type { HintQueue } from "../../../shared/ports/hints.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import type { Step, StepContext, StepOutcome } from "../../../shared/ports/step.ts";
import { openMemoryDatabase } from "../../support/memoryDatabase.ts";
import { createTestEngine } from "../../support/testEngine.ts";
import { type Ending, expectedRunState, expectedStates } from "../../support/triggerOracle.ts";

/**
 * Random DAGs with random failures, on the real SQL, under everything that may go wrong: hints lost, doubled and out of order,
 * processes that die before or after any call of the ledger, workers that outlive their lease. Every run must end as the trigger
 * rules say, with every slice counted once and every lease used for one result at most.
 */

type Behaviour =
  | { readonly kind: "slices"; readonly count: number }
  | { readonly kind: "polls"; readonly count: number }
  | { readonly kind: "flaky"; readonly failures: number }
  | { readonly kind: "skips" }
  | { readonly kind: "fatal" }
  | { readonly kind: "hopeless" };

interface Scenario {
  readonly tasks: readonly {
    readonly mapped: boolean;
    readonly upstream: readonly number[];
    readonly rule: TriggerRule;
    readonly retries: number;
    readonly behaviours: readonly Behaviour[];
  }[];
  readonly map_keys: readonly string[];
  readonly runs: number;
  readonly max_active_runs: number;
  readonly seed: number;
}

const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("slices" as const), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("polls" as const), count: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("flaky" as const), failures: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("skips" as const, "fatal" as const, "hopeless" as const) }) },
);

const scenario: fc.Arbitrary<Scenario> = fc.record({
  tasks: fc.array(
    fc.record({
      mapped: fc.boolean(),
      upstream: fc.uniqueArray(fc.nat(4), { maxLength: 3 }),
      rule: fc.constantFrom<TriggerRule>("all_success", "all_success", "all_done", "one_failed", "none_failed_min_one_success", "always"),
      retries: fc.integer({ min: 0, max: 2 }),
      behaviours: fc.array(behaviour, { minLength: 3, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  map_keys: fc.constantFrom(["a"], ["a", "b"], ["a", "b", "c"]),
  runs: fc.integer({ min: 1, max: 2 }),
  max_active_runs: fc.integer({ min: 1, max: 2 }),
  seed: fc.nat(),
});

let database: Database;
let scenarios = 0;
beforeAll(async () => {
  database = await openMemoryDatabase();
});

describe("a run under crashes, lost hints and lost leases", () => {
  it("ends as its trigger rules say, with every slice counted once", async () => {
    await fc.assert(fc.asyncProperty(scenario, checkScenario), { numRuns: 120 });
  });
});

async function checkScenario(given: Scenario): Promise<void> {
  const dag = buildDag(given);
  const random = mulberry32(given.seed);
  const faults = { left: 25, happens: (share: number) => faults.left > 0 && random() < share && faults.left-- > 0 };
  const ledger = createLedger(database);
  const world = createWorld(given, dag, ledger, random, faults);
  for (let run = 1; run <= given.runs; run++) await world.triggerUntilDone(run);
  for (let round = 0; !(await world.isDone()); round++) {
    if (round > 3_000) throw new Error(`stuck: ${JSON.stringify(await ledger.taskInstances(dag.dag_id, "run-1"))}`);
    await world.playRound();
    const running = await ledger.runs(dag.dag_id, { state: "running", limit: 10, offset: 0 });
    expect(running.total_entries).toBeLessThanOrEqual(given.max_active_runs);
  }
  expect([...world.settled].filter(([, times]) => times > 1)).toEqual([]);
  for (let run = 1; run <= given.runs; run++) await checkRun(given, dag, ledger, world, `run-${run}`);
}

async function checkRun(given: Scenario, dag: DagDefinition, ledger: Ledger, world: World, run_id: string): Promise<void> {
  const expected = expectedStates(dag, given.map_keys, (task_id, map_key) => endingOf(given, dag, task_id, map_key));
  const instances = await ledger.taskInstances(dag.dag_id, run_id);
  expect(new Map(instances.map((one) => [`${one.task_id}/${one.map_key}`, one.state]))).toEqual(expected);
  expect((await ledger.run(dag.dag_id, run_id))?.state).toBe(expectedRunState(dag, expected));
  for (const one of instances) {
    const attempts = await ledger.attempts({ dag_id: dag.dag_id, run_id, task_id: one.task_id, map_key: one.map_key });
    expect(attempts.map((attempt) => attempt.try_number)).toEqual(Array.from({ length: one.try_number }, (_, index) => index + 1));
    expect(attempts.filter((attempt) => attempt.end_date === null)).toEqual([]);
    expect(one.try_number).toBeLessThanOrEqual(one.max_tries + 1);
    const told = behaviourOf(given, dag, one.task_id, one.map_key);
    if (one.state !== "success") continue;
    expect(attempts.at(-1)?.report).toEqual(one.report);
    expect(one.report).toEqual({ written: "count" in told ? told.count : 1 });
    if ("count" in told) expect(world.slicesOf(`${run_id}/${one.task_id}/${one.map_key}`)).toBe(told.count);
  }
}

function buildDag(given: Scenario): DagDefinition {
  const tasks = given.tasks.map((task, index) => {
    const upstream = task.upstream.filter((other) => other < index).map((other) => `t${other}`);
    const needsUpstream = task.rule === "one_failed" || task.rule === "none_failed_min_one_success";
    return defineTask({
      task_id: `t${index}`,
      step: "work",
      mapped: task.mapped,
      upstream,
      trigger_rule: needsUpstream && upstream.length === 0 ? "all_success" : task.rule,
      retries: task.retries,
      retry_delay_ms: 1_000,
    });
  });
  return defineDag({ dag_id: `dag-${++scenarios}`, description: "", schedule: null, max_active_runs: given.max_active_runs, tasks });
}

function behaviourOf(given: Scenario, dag: DagDefinition, task_id: string, map_key: string): Behaviour {
  const index = dag.tasks.findIndex((task) => task.task_id === task_id);
  const { behaviours, retries } = given.tasks[index]!;
  const told = behaviours[map_key === "" ? 0 : given.map_keys.indexOf(map_key)]!;
  return told.kind === "flaky" ? { kind: "flaky", failures: Math.min(told.failures, retries) } : told;
}

function endingOf(given: Scenario, dag: DagDefinition, task_id: string, map_key: string): Ending {
  const told = behaviourOf(given, dag, task_id, map_key);
  if (told.kind === "skips") return "skipped";
  return told.kind === "fatal" || told.kind === "hopeless" ? "failed" : "success";
}

type World = ReturnType<typeof createWorld>;
type Faults = { left: number; happens(share: number): boolean };

function createWorld(given: Scenario, dag: DagDefinition, ledger: Ledger, random: () => number, faults: Faults) {
  const applied = new Set<string>();
  const settled = new Map<string, number>();
  const others: Promise<unknown>[] = [];
  const work: Step<null> = async (_ports, context) => {
    const id = `${context.run_id}/${context.task_id}/${context.map_key}`;
    await linger(context);
    return behave(behaviourOf(given, dag, context.task_id, context.map_key), id, context, applied);
  };
  const faulty = createTestEngine(
    withCrashes(countSettlements(ledger, settled), faults),
    [dag],
    { work },
    { default_map_keys: given.map_keys, max_takeovers: 1_000 },
  );
  const { engine, clock, hints, deps } = faulty;
  const lossy = makeLossy(hints, random);
  Object.assign(deps, { hints: lossy });

  /** Now and then a step outlives its lease, and another worker takes the task over and runs at the same time. */
  async function linger({ dag_id, run_id, task_id, map_key }: StepContext): Promise<void> {
    if (faults.happens(0.08)) {
      clock.advance(deps.lease_ms + 1);
      await survive(engine.sweep());
      others.push(survive(engine.runHint({ dag_id, run_id, task_id, map_key })));
    }
    for (let ticks = Math.floor(random() * 30); ticks > 0; ticks--) await Promise.resolve();
  }
  return {
    settled,
    slicesOf: (id: string) => [...applied].filter((slice) => slice.startsWith(`${id}/`)).length,
    isDone: async () => {
      const { runs } = await ledger.runs(dag.dag_id, { limit: 10, offset: 0 });
      return runs.length === given.runs && runs.every((run) => run.end_date !== null);
    },
    triggerUntilDone: async (run: number) => {
      const window = { start: run * HOUR, end: (run + 1) * HOUR };
      const request = {
        dag_id: dag.dag_id,
        run_id: `run-${run}`,
        run_type: "manual" as const,
        window,
        conf: {},
        triggered_by: "test" as const,
      };
      while (!(await survive(engine.triggerRun(request)))) clock.advance(1);
    },
    playRound: async () => {
      const taken = shuffle(hints.take(), random);
      await Promise.all(taken.map((hint) => survive(engine.runHint(hint))));
      while (others.length > 0) await others.pop();
      if (taken.length === 0 || random() < 0.3) await survive(engine.sweep(3));
      clock.advance(Math.floor(random() * 20_000));
    },
  };
}

/** Answers by behaviour; effects are upserts keyed by the slice, as a step's must be. */
function behave(told: Behaviour, id: string, context: StepContext, applied: Set<string>): StepOutcome {
  const done = Number(context.cursor?.["done"] ?? 0);
  if (told.kind === "skips") return { kind: "skipped", reason: "nothing to do" };
  if (told.kind === "fatal") throw new AppError("invalid_candle", "it never works");
  if (told.kind === "hopeless") throw new AppError("source_unavailable", "it is always away", { retryable: true });
  if (told.kind === "flaky") {
    // A try that was lost with its worker does not count, so there are never more failures than retries.
    if (context.try_number <= told.failures) throw new AppError("source_unavailable", "not yet", { retryable: true });
    return { kind: "success", report: { written: 1 } };
  }
  applied.add(`${id}/${done}`);
  const report = { written: done + 1 };
  if (done + 1 >= told.count) return { kind: "success", report };
  const cursor = { done: done + 1 };
  return told.kind === "polls" ? { kind: "reschedule", delay_ms: 5_000, cursor, report } : { kind: "continue", cursor, report };
}

class Crash extends Error {}

async function survive<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Crash) return null;
    throw error;
  }
}

function countSettlements(ledger: Ledger, settled: Map<string, number>): Ledger {
  const settle: Ledger["settle"] = async (dag, lease, settlement) => {
    const progress = await ledger.settle(dag, lease, settlement);
    if (progress) settled.set(lease.token, (settled.get(lease.token) ?? 0) + 1);
    return progress;
  };
  return { ...ledger, settle };
}

/** The process dies before a call, or after it: what was written stays, and nobody hears of it. */
function withCrashes(ledger: Ledger, faults: Faults): Ledger {
  const crashing = ["createRun", "claim", "settle", "evaluate", "startRuns", "due"] as const;
  const wrapped = Object.fromEntries(
    crashing.map((name) => [
      name,
      async (...args: unknown[]) => {
        if (faults.happens(0.06)) throw new Crash(`before ${name}`);
        const result = await (ledger[name] as (...args: unknown[]) => Promise<unknown>)(...args);
        if (faults.happens(0.06)) throw new Crash(`after ${name}`);
        return result;
      },
    ]),
  );
  return { ...ledger, ...wrapped };
}

function makeLossy(hints: HintQueue, random: () => number): HintQueue {
  return {
    send: async (keys, delay_ms = 0) => {
      for (const key of keys) {
        const fate = random();
        if (fate < 0.2) continue;
        await hints.send(fate < 0.4 ? [key, key] : [key], Math.floor(delay_ms * (0.5 + random())));
      }
    },
  };
}

function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
