import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { createEffect } from "../../../functions/adapters/libsql/effects.ts";
import { createLedger } from "../../../functions/adapters/libsql/ledger/ledger.ts";
import { holdsSlot, slotOf } from "../../../functions/adapters/libsql/ledger/pools.ts";
import { createBackfillStore } from "../../../functions/adapters/libsql/orchestration/backfillStore.ts";
import { createCallbackOutbox } from "../../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { advanceBackfill } from "../../../functions/engine/advanceBackfill.ts";
import { createBackfills } from "../../../functions/engine/backfills.ts";
import { createControl } from "../../../functions/engine/control.ts";
import type { DagDefinition } from "../../../shared/dag/dag.ts";
import type { RunSlice, SliceContext, StepOutcome } from "../../../shared/dag/step.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { AppError } from "../../../shared/errors.ts";
import type { HintQueue } from "../../../shared/ports/hints.ts";
import type { EndedTask, Ledger } from "../../../shared/ports/ledger.ts";
import { backfillsByContract, controlByContract } from "../api/byContract.ts";
import { createMeddling } from "./crashMeddling.ts";
import { type Behaviour, backfillOf, behaviourOf, type Scenario } from "./crashScenario.ts";
import { createTestEngine } from "./testEngine.ts";

/** A world in which processes die at any commit point, hints are lost, doubled and shuffled, leases run out, and people meddle. */

const CRASHING_LEDGER = [
  "createRun",
  "claimBlock",
  "settle",
  "settleBlock",
  "evaluate",
  "startRuns",
  "due",
  "clear",
  "markTask",
  "markRun",
  "setPaused",
  "missDeadlines",
] as const;
const CRASHING_BACKFILLS = ["create", "find", "coverings", "take", "complete", "setPaused", "cancel"] as const;

export type World = ReturnType<typeof createWorld>;

export function createWorld(given: Scenario, dag: DagDefinition, database: Database) {
  const random = createRandom(given.seed);
  const faults = { left: 25, happens: (share: number) => faults.left > 0 && random() < share && faults.left-- > 0 };
  const ledger = createLedger(database, given.pools);
  const seen = {
    settled: new Map<string, number>(),
    effects: new Map<string, number>(),
    told: new Set<string>(),
    clears: 0,
    overfull: [] as string[],
    marked_tasks: new Map<string, Set<string>>(),
    marked_runs: new Set<string>(),
    cleared_runs: new Set<string>(),
    is_cancelled: false,
  };
  const others: Promise<unknown>[] = [];
  const work: RunSlice<null> = async (_ports, context) => {
    const id = `${context.run_id}/${context.task_id}/${context.map_key}`;
    const done = Number(context.cursor?.["done"] ?? 0);
    const label = `${dag.dag_id}/${id}/${done}`;
    context.withSettlement(createEffect(database, label, [{ sql: COUNT_UP, args: [label] }]));
    if (random() < 0.3) seen.overfull.push(...(await overfullPools(database, given, dag)));
    await linger(context);
    return behave(behaviourOf(given, dag, context.task_id, context.map_key), done, context);
  };
  const backfill_store = createBackfillStore(database);
  const { engine, clock, hints, deps } = createTestEngine(
    withCrashes(countSettlements(ledger, seen), CRASHING_LEDGER, faults),
    [dag],
    { work },
    {
      default_map_keys: given.map_keys,
      max_takeovers: 1_000,
      pools: given.pools,
      backfills: withCrashes(backfill_store, CRASHING_BACKFILLS, faults),
      outbox: withCrashes(createCallbackOutbox(database), ["take", "markDelivered"], faults),
      notifier: { notify: async ({ id }) => void seen.told.add(id) },
    },
  );
  Object.assign(deps, { hints: makeLossy(hints, random) });
  const control = controlByContract(createControl(deps), deps.dags);
  const backfills = backfillsByContract(createBackfills(deps), deps.dags);
  const meddle = createMeddling({ dag, ledger, control, backfills, random, seen });

  /** Now and then a step outlives its lease, and another worker takes the task over and runs at the same time. */
  async function linger({ dag_id, run_id, task_id, map_key }: SliceContext): Promise<void> {
    if (faults.happens(0.08)) {
      clock.advance(deps.lease_ms + 1);
      await survive(engine.sweep());
      others.push(survive(engine.runHint({ dag_id, run_id, task_id, map_key })));
    }
    for (let ticks = Math.floor(random() * 30); ticks > 0; ticks--) await Promise.resolve();
  }
  return {
    ledger,
    seen,
    backfill: async () => (await backfill_store.list({ dag_id: dag.dag_id, limit: 2, offset: 0 })).backfills,
    deliverAll: async () => {
      faults.left = 0;
      clock.advance(48 * HOUR);
      while ((await engine.sweep()).delivered > 0);
    },
    triggerUntilDone: async (run: number) => {
      const window = { start: run * HOUR, end: (run + 1) * HOUR };
      const request = { dag_id: dag.dag_id, run_id: `run-${run}`, run_type: "manual", window, conf: {}, triggered_by: "test" } as const;
      while (!(await survive(engine.triggerRun(request)))) clock.advance(1);
    },
    backfillUntilDone: async () => {
      const { start, intervals, new_runs } = backfillOf(given);
      if (intervals === 0) return;
      // To run again is to clear, for what it does to the counts.
      if (new_runs === 0) seen.clears++;
      const window = { from_date: toIso(start), to_date: toIso(start + intervals * HOUR), step: "1h" };
      const order = { max_active_runs: 2, run_backwards: given.run_backwards, reprocess_behavior: "completed" as const };
      const body = { dag_id: dag.dag_id, ...window, ...order };
      while (!(await survive(backfills.create(body, { request_id: dag.dag_id, reason: "test" })))) clock.advance(1);
    },
    playRound: async () => {
      const taken = shuffle(hints.take(), random);
      if (random() < given.meddling) await survive(meddle());
      await Promise.all(taken.map((hint) => survive(engine.runHint(hint))));
      while (others.length > 0) await others.pop();
      if (taken.length === 0 || random() < 0.3) await survive(engine.sweep(3));
      // Two sweeps at once take a backfill on together.
      const [open] =
        given.backfill > 0 && random() < 0.1
          ? await backfill_store.list({ dag_id: dag.dag_id, limit: 1, offset: 0 }).then((found) => found.backfills)
          : [];
      if (open) await Promise.all([1, 2].map(() => survive(advanceBackfill(deps, open.id))));
      clock.advance(Math.floor(random() * 20_000));
    },
    /** Ends every pause: people do, in the end. */
    unpauseAll: async () => {
      while ((await survive(control.patchDag(dag.dag_id, { is_paused: false }))) === null);
      for (;;) {
        const [open] = (await backfill_store.list({ dag_id: dag.dag_id, limit: 1, offset: 0 })).backfills;
        if (!open?.is_paused || open.completed_at !== null) return;
        await survive(backfills.setPaused(open.id, false));
      }
    },
    clearSomething: meddle.clear,
  };
}

/** Pools with more holders than slots, at this moment. */
export async function overfullPools(database: Database, given: Scenario, dag: DagDefinition): Promise<string[]> {
  const found: string[] = [];
  for (const [pool, { slots, include_deferred }] of Object.entries(given.pools)) {
    const holds = holdsSlot("o", String(Number(include_deferred)));
    const sql = `SELECT count(DISTINCT ${slotOf("o")}) AS held FROM task_instances o WHERE dag_id = ? AND pool = ? AND ${holds}`;
    const { rows } = await database.$client.execute({ sql, args: [dag.dag_id, pool] });
    if (Number(rows[0]?.["held"]) > slots) found.push(`${pool}: ${rows[0]?.["held"]} of ${slots}`);
  }
  return found;
}

const COUNT_UP = `INSERT INTO store_facts (key, value) VALUES (?, '1')
  ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`;

/** Answers by behaviour. */
function behave(told: Behaviour, done: number, context: SliceContext): StepOutcome {
  if (told.kind === "skips") return { kind: "skipped", reason: "nothing to do" };
  if (told.kind === "fatal") throw new AppError("invalid_candle", "it never works");
  if (told.kind === "hopeless") throw new AppError("source_unavailable", "it is always away", { retryable: true });
  if (told.kind === "waits") return { kind: "reschedule", reason: "nothing yet", cursor: null, report: {} };
  if (told.kind === "flaky") {
    // A try that was lost with its worker does not count, so there are never more failures than retries.
    if (context.try_number <= told.failures) throw new AppError("source_unavailable", "not yet", { retryable: true });
    return { kind: "success", report: { written: 1 } };
  }
  const report = { written: done + 1 };
  if (done + 1 >= told.count) return { kind: "success", report };
  const cursor = { done: done + 1 };
  return told.kind === "polls" ? { kind: "reschedule", delay_ms: 5_000, cursor, report } : { kind: "continue", cursor, report };
}

class Crash extends Error {}

export async function survive<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Crash) return null;
    throw error;
  }
}

/** Counts what was committed, whoever hears of it: uses of each lease, and what came with them. */
function countSettlements(ledger: Ledger, seen: { settled: Map<string, number>; effects: Map<string, number> }): Ledger {
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const note = ({ lease, effects = [] }: EndedTask) => {
    count(seen.settled, `${lease.token} ${JSON.stringify(lease.key)}`);
    for (const effect of effects) count(seen.effects, effect.label);
  };
  const settle: Ledger["settle"] = async (dag, lease, settlement) => {
    const progress = await ledger.settle(dag, lease, settlement);
    if (progress) note({ lease, ...settlement });
    return progress;
  };
  const settleBlock: Ledger["settleBlock"] = async (dag, settlement) => {
    const progress = await ledger.settleBlock(dag, settlement);
    if (progress) settlement.ended.forEach(note);
    return progress;
  };
  return { ...ledger, settle, settleBlock };
}

type Faults = { left: number; happens(share: number): boolean };

/** The process dies before a call, or after it: what was written stays, and nobody hears of it. */
function withCrashes<Port extends object>(port: Port, names: readonly (keyof Port & string)[], faults: Faults): Port {
  const wrapped = Object.fromEntries(
    names.map((name) => [
      name,
      async (...args: unknown[]) => {
        if (faults.happens(0.06)) throw new Crash(`before ${name}`);
        const result = await (port[name] as (...args: unknown[]) => Promise<unknown>)(...args);
        if (faults.happens(0.06)) throw new Crash(`after ${name}`);
        return result;
      },
    ]),
  );
  return { ...port, ...wrapped };
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
