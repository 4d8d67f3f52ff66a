import { createBackfillStore } from "../../functions/adapters/libsql/backfillStore.ts";
import { createCallbackOutbox } from "../../functions/adapters/libsql/callbackOutbox.ts";
import { createLedger } from "../../functions/adapters/libsql/ledger.ts";
import { systemTimers } from "../../functions/adapters/systemTimers.ts";
import { createEngine, type Engine } from "../../functions/pipelines/engine.ts";
import type { TaskKey } from "../../shared/contracts/dags.ts";
import { type DagDefinition, defineDag, defineTask } from "../../shared/domain/dag.ts";
import { HOUR, SECOND } from "../../shared/domain/instant.ts";
import { type SqldProcess, startSqld } from "../support/sqldProcess.ts";

/** How fast the ledger is on a real sqld: the budgets of the orchestration, measured and never asserted. */

const TASKS = 1_000;
/** Starts that the p95 is of. */
const STARTS = 200;
/** Hints that a Worker's queue consumer has under way at once. */
const CONSUMERS = 4;
const IDLE_MS = 5 * SECOND;

export interface LedgerBench {
  /** 1,000 queued tasks, drained by hints alone: one at a time, as the local queue hands them out, and four at once. */
  readonly drain_tasks_per_s: number;
  readonly drain_tasks_per_s_of_4: number;
  /** From asking for a run to its first task's step, with an empty queue between. */
  readonly start_p50_ms: number;
  readonly start_p95_ms: number;
  /** Statements are sent in one batch: HTTP requests to sqld, a second, of an engine that is swept each second. */
  readonly idle_queries_per_s: number;
}

interface Bench {
  readonly engine: Engine;
  readonly hints: TaskKey[];
  /** Called by every step when it begins. */
  onStart: () => void;
  readonly requests: () => number;
}

export async function benchLedger(): Promise<LedgerBench> {
  const sqld = await startSqld();
  try {
    const drain_tasks_per_s = await benchDrain(sqld, "drain_1", 1);
    const drain_tasks_per_s_of_4 = await benchDrain(sqld, "drain_4", CONSUMERS);
    const waits = await benchStarts(sqld);
    const idle_queries_per_s = await benchIdle(sqld);
    return {
      drain_tasks_per_s,
      drain_tasks_per_s_of_4,
      start_p50_ms: quantile(waits, 0.5),
      start_p95_ms: quantile(waits, 0.95),
      idle_queries_per_s,
    };
  } finally {
    await sqld.stop();
  }
}

async function benchDrain(sqld: SqldProcess, dag_id: string, consumers: number): Promise<number> {
  const dag = defineDag({ dag_id, description: "", schedule: null, tasks: [defineTask({ task_id: "work", map_over: "instrument" })] });
  const bench = openBench(sqld, dag);
  const map_keys = Array.from({ length: TASKS }, (_, index) => `k${index}`);
  await trigger(bench.engine, dag_id, 0, map_keys);
  const begun = performance.now();
  const consume = async () => {
    for (let hint = bench.hints.shift(); hint; hint = bench.hints.shift()) await bench.engine.runHint(hint);
  };
  await Promise.all(Array.from({ length: consumers }, consume));
  return (TASKS / (performance.now() - begun)) * SECOND;
}

async function benchStarts(sqld: SqldProcess): Promise<number[]> {
  const dag = defineDag({ dag_id: "starts", description: "", schedule: null, tasks: [defineTask({ task_id: "work" })] });
  const bench = openBench(sqld, dag);
  const waits: number[] = [];
  for (let run = 0; run < STARTS; run++) {
    const begun = performance.now();
    bench.onStart = () => void waits.push(performance.now() - begun);
    await trigger(bench.engine, dag.dag_id, run, ["k0"]);
    for (const hint of bench.hints.splice(0)) await bench.engine.runHint(hint);
  }
  return waits;
}

/** With the history of the other benches in the store: an empty one is easy. */
async function benchIdle(sqld: SqldProcess): Promise<number> {
  const dag = defineDag({ dag_id: "idle", description: "", schedule: null, tasks: [defineTask({ task_id: "work" })] });
  const { engine, requests } = openBench(sqld, dag);
  const before = requests();
  const begun = performance.now();
  while (performance.now() - begun < IDLE_MS) {
    await engine.sweep();
    await new Promise((resolve) => setTimeout(resolve, SECOND));
  }
  return ((requests() - before) / (performance.now() - begun)) * SECOND;
}

function openBench({ database }: SqldProcess, dag: DagDefinition): Bench {
  const hints: TaskKey[] = [];
  const counted = countRequests(database);
  const bench = { hints, onStart: () => {}, requests: counted.requests };
  const ledger = createLedger(counted.database);
  const engine = createEngine({
    ledger,
    dags: [dag],
    steps: {
      work: async () => {
        bench.onStart();
        return { kind: "success", report: { written: 1 } };
      },
    },
    ports: null,
    clock: { now: Date.now },
    timers: systemTimers,
    hints: { send: async (keys) => void hints.push(...keys) },
    backfills: createBackfillStore(counted.database),
    outbox: createCallbackOutbox(counted.database),
    notifier: { notify: async () => {} },
    pools: {},
    newToken: () => crypto.randomUUID(),
    default_map_keys: { instrument: [], source: [] },
    lease_ms: 60_000,
    heartbeat_ms: 20_000,
    max_takeovers: 5,
  });
  return Object.assign(bench, { engine });
}

/** Every batch or statement is one request. */
function countRequests(database: SqldProcess["database"]): { database: SqldProcess["database"]; requests: () => number } {
  let requests = 0;
  const client = new Proxy(database.$client, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function") return value;
      if (name === "batch" || name === "execute") requests++;
      return value.bind(target);
    },
  });
  const counted = new Proxy(database, {
    get: (target, name, receiver) => (name === "$client" ? client : Reflect.get(target, name, receiver)),
  });
  return {
    requests: () => requests,
    database: counted,
  };
}

function trigger(engine: Engine, dag_id: string, run: number, map_keys: readonly string[]) {
  const window = { start: run * HOUR, end: (run + 1) * HOUR };
  return engine.triggerRun({
    dag_id,
    run_id: `run-${run}`,
    run_type: "manual",
    window,
    conf: {},
    map_keys: { instrument: map_keys },
    triggered_by: "test",
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

if (import.meta.main)
  console.log(JSON.stringify(await benchLedger(), (_key, value) => (typeof value === "number" ? Math.round(value * 100) / 100 : value)));
