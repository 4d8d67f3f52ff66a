import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../functions/adapters/libsql/database.ts";
import type { DagDefinition } from "../../../shared/dag/dag.ts";
import { isTerminal } from "../../../shared/dag/taskState.ts";
import type { LedgerRun, LedgerTask } from "../../../shared/ports/ledgerRecords.ts";
import { openMemoryDatabase } from "../../support/databases/memoryDatabase.ts";
import { backfillOf, behaviourOf, buildDag, endingOf, type Scenario, scenario } from "../../support/engine/crashScenario.ts";
import { createWorld, overfullPools, type World } from "../../support/engine/crashWorld.ts";
import { expectedRunState, expectedStates, verdictFor } from "../../support/engine/triggerOracle.ts";
import { HANG_LIMIT_MS } from "../../support/timeLimits.ts";

/**
 * Random DAGs with random failures, pools and sensors, on the real SQL, under everything that may go wrong: hints lost, doubled and out
 * of order, processes that die before or after any commit, workers that outlive their lease, people who clear, mark, pause and cancel,
 * a backfill beside the runs. Every run must end as the trigger rules say; a lease gives one result at most; what a step prepared is written as
 * often as its settlements were; pools and max_active_runs hold at every moment; people are told of each failure once.
 *
 * FX_HISTORIES=5000 plays more of them. A failure prints its seed and path: hand both to fc.assert to play it again.
 */
const HISTORIES = Number(process.env["FX_HISTORIES"] ?? 80);

/** A store is thrown away after so many: one that held thousands would grow slow and large. */
const HISTORIES_A_STORE = 40;
let database: Database;
let played = 0;
beforeEach(() => {
  played = 0;
});
afterAll(() => database.$client.close());

async function openStore(): Promise<void> {
  // SQLite in memory answers at once, so a history never leaves the microtasks: and what finalises its statements waits behind them.
  await new Promise((resolve) => setImmediate(resolve));
  if (played++ % HISTORIES_A_STORE > 0) return;
  database?.$client.close();
  database = await openMemoryDatabase();
}

describe("runs under crashes, lost hints, lost leases and meddling", () => {
  it(
    "end as their trigger rules say, with every slice counted once",
    async () => {
      await fc.assert(fc.asyncProperty(scenario, checkScenario), { numRuns: HISTORIES });
    },
    HANG_LIMIT_MS + HISTORIES * 500,
  );
});

async function checkScenario(given: Scenario): Promise<void> {
  await openStore();
  const dag = buildDag(given);
  const world = createWorld(given, dag, database);
  for (let run = 1; run <= given.runs; run++) await world.triggerUntilDone(run);
  await world.backfillUntilDone();
  await playUntilDone(given, dag, world);
  if (given.meddling > 0) {
    await world.clearSomething().catch(() => null);
    await playUntilDone(given, dag, world);
  }
  expect(world.seen.overfull).toEqual([]);
  expect([...world.seen.settled].filter(([, times]) => times > 1)).toEqual([]);
  expect(await storedEffects(dag)).toEqual(new Map([...world.seen.effects].sort()));
  const { runs } = await world.ledger.runs(dag.dag_id, { limit: 20, offset: 0 });
  for (const run of runs) await checkRun(given, dag, world, run);
  await checkBackfill(given, dag, world);
  await checkCallbacks(dag, world, runs);
}

async function playUntilDone(given: Scenario, dag: DagDefinition, world: World): Promise<void> {
  for (let round = 0; !(await isDone(given, dag, world)); round++) {
    if (round % 50 === 49) await world.unpauseAll();
    if (round > 3_000) throw new Error(`stuck: ${JSON.stringify(await world.ledger.instances({ dag_id: dag.dag_id, limit: 100 }))}`);
    await world.playRound();
    await checkLimits(given, dag, world);
  }
}

async function isDone(given: Scenario, dag: DagDefinition, world: World): Promise<boolean> {
  const { runs } = await world.ledger.runs(dag.dag_id, { limit: 20, offset: 0 });
  const [backfill] = await world.backfill();
  const are_made = world.seen.is_cancelled || runs.length === given.runs + backfillOf(given).new_runs;
  const are_done = are_made && runs.every((run) => run.ended_at !== null);
  return are_done && (!backfill || backfill.completed_at !== null);
}

async function checkLimits(given: Scenario, dag: DagDefinition, world: World): Promise<void> {
  const running = (await world.ledger.runs(dag.dag_id, { where: { one_of: { state: ["running"] } }, limit: 20, offset: 0 })).runs;
  expect(running.filter((run) => run.backfill_id === null).length).toBeLessThanOrEqual(given.max_active_runs);
  expect(running.filter((run) => run.backfill_id !== null).length).toBeLessThanOrEqual(2);
  expect(await overfullPools(database, given, dag)).toEqual([]);
}

async function checkRun(given: Scenario, dag: DagDefinition, world: World, run: LedgerRun): Promise<void> {
  const expected = expectedStates(dag, given.map_keys, (task_id, map_key) => endingOf(given, dag, task_id, map_key));
  const instances = await world.ledger.taskInstances(dag.dag_id, run.run_id);
  const states = new Map(instances.map((one) => [`${one.task_id}/${one.map_key}`, one.state!]));
  const is_marked = isMarked(world, run);
  if (is_marked) checkMarkedRun(given, dag, world, run, instances);
  else expect(states).toEqual(expected);
  if (!isEndedByHand(world, run)) expect(run.state).toBe(expectedRunState(dag, states));
  for (const one of instances) {
    const key = { dag_id: dag.dag_id, run_id: run.run_id, task_id: one.task_id, map_key: one.map_key };
    const attempts = await world.ledger.attempts(key);
    expect(attempts.map((attempt) => attempt.try_number)).toEqual(Array.from({ length: one.try_number }, (_, index) => index + 1));
    expect(attempts.filter((attempt) => attempt.ended_at === null)).toEqual([]);
    expect(one.try_number).toBeLessThanOrEqual(one.max_tries + 1);
    if (one.state !== "success" || is_marked) continue;
    const told = behaviourOf(given, dag, one.task_id, one.map_key);
    const slices = "count" in told ? told.count : 1;
    expect(attempts.at(-1)?.report).toEqual(one.report);
    expect(one.report).toEqual({ written: slices });
    const id = `${dag.dag_id}/${run.run_id}/${one.task_id}/${one.map_key}`;
    const counts = Array.from({ length: slices }, (_, slice) => world.seen.effects.get(`${id}/${slice}`) ?? 0);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
    if (world.seen.clears === 0) expect(Math.max(...counts)).toBe(1);
  }
}

/** A person has changed more of it than which of its tasks run again. */
function isMarked(world: World, run: LedgerRun): boolean {
  return world.seen.marked_tasks.has(run.run_id) || isEndedByHand(world, run);
}

function isEndedByHand({ seen }: World, run: LedgerRun): boolean {
  return seen.marked_runs.has(run.run_id) || (seen.is_cancelled && run.backfill_id !== null);
}

/**
 * What stands after a mark depends on when it came: a task that had begun by then keeps its end. Yet nothing is left open, and a task
 * that the rules kept from running is one that they keep from it as its upstreams are now, unless these were cleared without it.
 */
function checkMarkedRun(given: Scenario, dag: DagDefinition, world: World, run: LedgerRun, instances: readonly LedgerTask[]): void {
  const states = new Map(instances.map((one) => [`${one.task_id}/${one.map_key}`, one.state!]));
  const by_hand = world.seen.marked_tasks.get(run.run_id);
  for (const { task_id, map_key, state, note } of instances) {
    expect(state !== null && isTerminal(state)).toBe(true);
    if (isEndedByHand(world, run) || by_hand?.has(`${task_id}/${map_key}`)) continue;
    const was_kept_back = state === "upstream_failed" || (state === "skipped" && note === null);
    if (was_kept_back && world.seen.cleared_runs.has(run.run_id)) continue;
    const verdict = was_kept_back ? verdictFor(dag, states, task_id, map_key) : null;
    expect(state).toBe(verdict ?? endingOf(given, dag, task_id, map_key));
  }
}

async function storedEffects(dag: DagDefinition): Promise<Map<string, number>> {
  const sql = "SELECT key, value FROM store_facts WHERE key LIKE ? ORDER BY key";
  const { rows } = await database.$client.execute({ sql, args: [`${dag.dag_id}/%`] });
  return new Map(rows.map((row) => [String(row["key"]), Number(row["value"])]));
}

async function checkBackfill(given: Scenario, dag: DagDefinition, world: World): Promise<void> {
  const made = await world.backfill();
  expect(made).toHaveLength(given.backfill > 0 ? 1 : 0);
  if (!made[0]) return;
  const { intervals } = backfillOf(given);
  const taken = world.seen.is_cancelled ? expect.any(Number) : intervals;
  expect(made[0]).toMatchObject({ total: intervals, next_index: taken, skipped: 0 });
  const sql =
    "SELECT backfill_index, data_interval_start, start_date FROM dag_runs WHERE dag_id = ? AND backfill_id = ? ORDER BY backfill_index";
  const { rows } = await database.$client.execute({ sql, args: [dag.dag_id, made[0].id] });
  const starts = rows.map((row) => Number(row["data_interval_start"]));
  expect(starts).toEqual(starts.toSorted((a, b) => (given.run_backwards ? b - a : a - b)));
  if (world.seen.clears > 0) return;
  const started = rows.map((row) => Number(row["start_date"]));
  expect(started).toEqual(started.toSorted((a, b) => a - b));
}

/** Each failure of a task and a run was told of, and no more: ids are those of the happenings. */
async function checkCallbacks(dag: DagDefinition, world: World, runs: readonly LedgerRun[]): Promise<void> {
  await world.deliverAll();
  const count = (kind: string) => [...world.seen.told].filter((id) => id.startsWith(`${kind}:${dag.dag_id}/`)).length;
  // Nobody is told of what a person did.
  const own = runs.filter((run) => !isMarked(world, run));
  const own_ids = new Set(own.map((run) => run.run_id));
  const failed_tasks = (await world.ledger.instances({ dag_id: dag.dag_id, limit: 1_000 })).filter(
    (one) => one.state === "failed" && own_ids.has(one.run_id),
  );
  const failed_runs = own.filter((run) => run.state === "failed");
  expect(count("on_failure")).toBeGreaterThanOrEqual(failed_tasks.length);
  expect(count("on_run_failure")).toBeGreaterThanOrEqual(failed_runs.length);
  if (world.seen.clears > 0) return;
  expect([count("on_failure"), count("on_run_failure")]).toEqual([failed_tasks.length, failed_runs.length]);
}
