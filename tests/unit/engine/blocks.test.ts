import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { createEffect } from "../../../functions/adapters/libsql/effects.ts";
import type { BackfillBody } from "../../../shared/contracts/backfills.ts";
import type { RunSlice, SliceContext } from "../../../shared/dag/step.ts";
import { DAY, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf } from "../../support/engine/pipelineFixtures.ts";

const schedule = { cron: "0 0 * * *", time_zone: "UTC", trigger_cron: "0 0 * * *" } as const;
const START = Date.UTC(2025, 5, 10);
const DAYS = 5;
const ORDER: BackfillBody = {
  dag_id: "d",
  from_date: toIso(START),
  to_date: toIso(START + DAYS * DAY),
  map_keys: ["EUR_USD"],
  max_active_runs: DAYS,
};
const COUNT_UP = `INSERT INTO store_facts (key, value) VALUES (?, '1') ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`;

/** Days of the contexts that the step saw, in the order in which it did. */
let ran: string[];
/** What happens while a day is at work. */
let meanwhile: (day: string, context: SliceContext) => Promise<void> | void;
beforeEach(() => {
  ran = [];
  meanwhile = () => {};
});

async function open(block_ms: number | null, over: { readonly slots?: number } = {}) {
  const pools = over.slots === undefined ? {} : { p: { slots: over.slots, include_deferred: false } };
  const pool = over.slots === undefined ? null : "p";
  const tasks = [
    { task_id: "x", map_over: "instrument", block_ms, pool, retries: 1, retry_delay_ms: 1_000 },
    { task_id: "y", map_over: "instrument", upstream: ["x"], block_ms },
  ] as const;
  const step: RunSlice<null> = async (_ports, context) => {
    const day = toIso(context.window.start).slice(8, 10);
    ran.push(`${context.task_id}${day}`);
    context.log(`at work on ${day}`);
    context.withSettlement(createEffect(world.database, day, [{ sql: COUNT_UP, args: [`${context.task_id}${day}`] }]));
    if (context.task_id === "x") await meanwhile(day, context);
    if (context.task_id === "y") return { kind: "success", report: { of: context.upstream("x")?.["day"] } };
    return { kind: "success", report: { day } };
  };
  const dag = dagOf([...tasks], { schedule });
  const world = await openOrchestration([dag], { step, pools });
  /** What the step has had written, how often. */
  const written = async () => {
    const { rows } = await world.database.$client.execute("SELECT key, value FROM store_facts WHERE key GLOB '[xy][0-9]*' ORDER BY key");
    return Object.fromEntries(rows.map((row) => [String(row["key"]), Number(row["value"])]));
  };
  const start = async (order: Partial<BackfillBody> = {}) => (await world.backfills.create({ ...ORDER, ...order })).id;
  const runs = async () => (await world.ledger.runs("d", { limit: 20, offset: 0 })).runs.toReversed();
  /** All that is known of the tasks and their tries, without times. */
  const ledgerOf = async () => {
    const all = [];
    for (const run of await runs()) {
      for (const { dag_id, run_id, task_id, map_key, state, try_number, report, note } of await world.ledger.taskInstances(
        "d",
        run.run_id,
      )) {
        const tries = await world.ledger.attempts({ dag_id, run_id, task_id, map_key });
        const told = tries.map((one) => [one.state, one.error, one.report, one.log.replaceAll(/^\S+ /gm, "")]);
        all.push({ run: toIso(run.window.start), run_state: run.state, task_id, state, try_number, report, note, tries: told });
      }
    }
    return all;
  };
  return { ...world, start, written, runs, ledgerOf };
}

const DAYS_OF_X = ["x10", "x11", "x12", "x13", "x14"];
const DAYS_OF_Y = ["y10", "y11", "y12", "y13", "y14"];
const once = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 1]));

/** The same backfill with a slice a run: what a block must not be told from. */
async function withoutBlocks(act: typeof meanwhile = () => {}) {
  meanwhile = act;
  const plain = await open(null);
  await plain.start({ max_active_runs: 1 });
  await plain.finish();
  const left = { ledger: await plain.ledgerOf(), written: await plain.written() };
  ran = [];
  return left;
}

describe("a block of a backfill", () => {
  it("is one slice of several runs, each with its own report, and one hint", async () => {
    const expected = await withoutBlocks();
    const { engine, hints, start, ledgerOf, written, backfills } = await open(DAYS * DAY);
    const id = await start();
    const [hint, ...others] = hints.take();
    expect(others).toEqual([]);
    expect(await engine.runHint(hint!)).toMatchObject({ outcome: "success" });
    expect(ran).toEqual(DAYS_OF_X);
    const [next, ...more] = hints.take();
    expect([next, more]).toEqual([{ ...hint, task_id: "y" }, []]);
    await engine.runHint(next!);
    expect(ran).toEqual([...DAYS_OF_X, ...DAYS_OF_Y]);
    expect(await ledgerOf()).toEqual(expected.ledger);
    expect(await written()).toEqual(expected.written);
    expect(await backfills.get(id)).toMatchObject({ state: "completed", progress: { success: DAYS, failed: 0 } });
  });

  it("is no longer than its step allows, and says what is left", async () => {
    const { engine, hints, start } = await open(2 * DAY);
    await start();
    const [first] = hints.take();
    await engine.runHint(first!);
    expect(ran).toEqual(["x10", "x11"]);
    const due = hints.take();
    expect(due.map(({ task_id }) => task_id).sort()).toEqual(["x", "y"]);
    await engine.runHint(due.find(({ task_id }) => task_id === "x")!);
    expect(ran).toEqual(["x10", "x11", "x12", "x13"]);
  });

  it.each([
    ["backwards", { run_backwards: true }, DAYS_OF_X.toReversed()],
    ["two runs at a time", { max_active_runs: 2 }, DAYS_OF_X],
  ])("takes its intervals in the order of the backfill: %s", async (_how, order, expected) => {
    const { start, finish, written } = await open(DAYS * DAY);
    await start(order);
    await finish();
    expect(ran.filter((one) => one.startsWith("x"))).toEqual(expected);
    expect(await written()).toEqual(once([...DAYS_OF_X, ...DAYS_OF_Y]));
  });

  it("takes no run of the schedule along, nor one of another backfill", async () => {
    const { engine, start, hints } = await open(DAYS * DAY);
    await engine.triggerRun({
      dag_id: "d",
      run_type: "manual",
      run_id: "m",
      window: { start: 0, end: DAY },
      conf: {},
      triggered_by: "test",
      map_keys: { instrument: ["EUR_USD"] },
    });
    await start({ from_date: toIso(START - DAY), to_date: toIso(START) });
    await start();
    const [manual] = hints.take().filter(({ run_id }) => run_id === "m");
    await engine.runHint(manual!);
    expect(ran).toEqual(["x01"]);
    // Who claims says who is next, whosever run that is.
    for (let rounds = 0; rounds < 2; rounds++)
      for (const hint of hints.take().filter(({ task_id }) => task_id === "x")) await engine.runHint(hint);
    expect(ran.filter((one) => one.startsWith("x")).toSorted()).toEqual(["x01", "x09", ...DAYS_OF_X]);
  });

  it.each([
    ["for good", new AppError("invalid_candle", "bad day")],
    ["for now", new AppError("source_unavailable", "away", { retryable: true })],
  ])("of which one fails %s leaves the failure with its own run, and what the others did with theirs", async (_how, error) => {
    const fail: typeof meanwhile = (day, { try_number }) => {
      if (day === "12" && (try_number === 1 || !error.retryable)) throw error;
    };
    const expected = await withoutBlocks(fail);
    const { start, finish, ledgerOf, written } = await open(DAYS * DAY);
    await start();
    await finish();
    expect(await ledgerOf()).toEqual(expected.ledger);
    expect(await written()).toEqual(expected.written);
    expect(ran.filter((one) => one === "x12")).toHaveLength(error.retryable ? 3 : 2);
  });

  it("of which the store refuses one write leaves the refusal with its own run", async () => {
    const world = await open(DAYS * DAY);
    meanwhile = (day, context) => {
      if (day === "12") context.withSettlement(createEffect(world.database, "bad", ["INSERT INTO no_such_table VALUES (1)"]));
    };
    await world.start();
    await world.finish();
    expect((await world.runs()).map(({ state }) => state)).toEqual(["success", "success", "failed", "success", "success"]);
    expect(await world.written()).toEqual(once([...DAYS_OF_X, ...DAYS_OF_Y].filter((name) => !name.endsWith("12"))));
  });

  it.each([
    ["written together", () => {}],
    [
      "written one by one, since the store refuses one",
      (day: string, context: SliceContext, database: Database) => {
        if (day === "12") context.withSettlement(createEffect(database, "bad", ["INSERT INTO no_such_table VALUES (1)"]));
      },
    ],
  ])("frees what its writes hold once they are settled: %s", async (_how, prepare) => {
    const world = await open(DAYS * DAY);
    const blobs: Uint8Array[] = [];
    meanwhile = (day, context) => {
      const blob = Uint8Array.of(1, 2, 3);
      blobs.push(blob);
      context.withSettlement(createEffect(world.database, day, [{ sql: "SELECT ?", args: [blob] }]));
      prepare(day, context, world.database);
    };
    await world.start();
    await world.finish();
    expect(Object.keys(await world.written())).toContain("x11");
    expect(blobs.map(({ length }) => length)).toEqual(blobs.map(() => 0));
  });

  it("that loses its worker is repeated one by one, and nothing is written twice", async () => {
    const { start, finish, ledger, clock, written, deps, runs, ledgerOf } = await open(DAYS * DAY);
    await start();
    const [run] = await runs();
    const key = { dag_id: "d", run_id: run!.run_id, task_id: "x", map_key: "EUR_USD" };
    const now = clock.now();
    const { tasks } = await ledger.claimBlock(deps.dags[0]!, key, { token: "lost", now, lease_until: now + deps.lease_ms });
    expect(tasks).toHaveLength(DAYS);
    clock.advance(deps.lease_ms);
    await finish();
    expect(await written()).toEqual(once([...DAYS_OF_X, ...DAYS_OF_Y]));
    expect((await ledgerOf()).filter(({ task_id }) => task_id === "x").map(({ try_number }) => try_number)).toEqual(Array(DAYS).fill(2));
    const late = { lease: tasks[0]!.lease, ending: { state: "success", report: {} }, log: "" } as const;
    expect(await ledger.settleBlock(deps.dags[0]!, { now: clock.now(), ended: [late] })).toBeNull();
  });

  it("keeps all its leases while it works, and while those of it wait that are run one by one", async () => {
    const world = await open(DAYS * DAY);
    const leases = async () => {
      const { rows } = await world.database.$client.execute("SELECT lease_until FROM task_instances WHERE state = 'running'");
      return rows.map((row) => Number(row["lease_until"]));
    };
    meanwhile = async (day) => {
      world.clock.advance(world.deps.heartbeat_ms);
      world.timers.fire();
      // The beat is a write of its own.
      while (Math.min(...(await leases())) < world.clock.now() + world.deps.lease_ms) await new Promise((resolve) => setImmediate(resolve));
      if (day === "14" && ran.length === DAYS) throw new AppError("internal", "not at once");
    };
    await world.start();
    await world.engine.runHint(world.hints.take()[0]!);
    expect(ran).toEqual([...DAYS_OF_X, ...DAYS_OF_X]);
    expect((await world.engine.sweep()).taken_over).toBe(0);
    expect(await world.written()).toEqual(once(DAYS_OF_X));
  });

  it("of which a task is cleared meanwhile writes nothing of it, and what is left one by one", async () => {
    const world = await open(DAYS * DAY);
    let is_cleared = false;
    meanwhile = async (day, { run_id }) => {
      if (day !== "12" || is_cleared) return;
      is_cleared = true;
      await world.control.clear("d", { dag_run_id: run_id, task_ids: ["x"], dry_run: false, prevent_running_task: false });
    };
    await world.start();
    await world.finish();
    expect(await world.written()).toEqual(once([...DAYS_OF_X, ...DAYS_OF_Y]));
    expect((await world.runs()).every(({ state }) => state === "success")).toBe(true);
  });

  it.each(["pause", "cancel"] as const)("goes on to its end when its backfill is told to %s", async (what) => {
    const world = await open(DAYS * DAY);
    const id = await world.start({ max_active_runs: 3 });
    meanwhile = async (day) => {
      if (day === "11") await (what === "pause" ? world.backfills.setPaused(id, true) : world.backfills.cancel(id));
    };
    await world.finish();
    expect(await world.written()).toEqual(once([...DAYS_OF_X.slice(0, 3), ...DAYS_OF_Y.slice(0, 3)]));
    if (what === "pause") await world.backfills.setPaused(id, false);
    await world.finish();
    const all = what === "pause" ? DAYS : 3;
    expect(await world.written()).toEqual(once([...DAYS_OF_X.slice(0, all), ...DAYS_OF_Y.slice(0, all)]));
  });

  it("holds one slot of its pool", async () => {
    const world = await open(2 * DAY, { slots: 1 });
    await world.start();
    const [hint] = world.hints.take();
    let other: unknown;
    meanwhile = async (day) => {
      const last = (await world.runs()).at(-1)!;
      if (day === "10") other = await world.engine.runHint({ ...hint!, run_id: last.run_id });
    };
    await world.engine.runHint(hint!);
    expect([ran, other]).toEqual([["x10", "x11"], { key: expect.anything(), outcome: "not_due" }]);
    expect(
      world.hints
        .take()
        .map(({ task_id }) => task_id)
        .toSorted(),
    ).toEqual(["x", "y"]);
  });
});
