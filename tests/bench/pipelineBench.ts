import { createSandbox } from "../../data/sandbox/createSandbox.ts";
import { createKvOnlineStore } from "../../functions/adapters/kvOnlineStore.ts";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createLedger } from "../../functions/adapters/libsql/ledger/ledger.ts";
import { createBarStore } from "../../functions/adapters/libsql/market/barStore.ts";
import { createBackfillStore } from "../../functions/adapters/libsql/orchestration/backfillStore.ts";
import { createCallbackOutbox } from "../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { createLogNotifier } from "../../functions/adapters/logNotifier.ts";
import { createOandaCandleSource } from "../../functions/adapters/oandaCandleSource.ts";
import { createR2ObjectStore } from "../../functions/adapters/r2ObjectStore.ts";
import { systemTimers } from "../../functions/adapters/systemTimers.ts";
import { createEngine } from "../../functions/engine/engine.ts";
import { ALL_DAGS } from "../../functions/pipelines/all.ts";
import type { Ports } from "../../functions/pipelines/ports.ts";
import { LEASE } from "../../shared/dag/lease.ts";
import { definePools } from "../../shared/dag/pool.ts";
import type { Instant, TimeWindow } from "../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../shared/domain/instrument.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { createTestClock } from "../support/engine/testEngine.ts";
import { createMemoryHints } from "../support/ports/memoryHints.ts";
import { startMiniflare } from "../support/ports/miniflareBindings.ts";
import { createTestPorts } from "../support/ports/testPorts.ts";

/** A Wednesday noon, so that hours follow in which the market is open. */
const NOON = Date.UTC(2025, 5, 25, 12);
const TOKEN = "sandbox";

/** The pipelines of the Worker on real stores, driven by hand. */
export interface PipelineBench {
  now(): Instant;
  /** Lets time pass; returns the interval that went by. */
  advance(ms: number): TimeWindow;
  /** Runs a DAG over the window to its end, and fails when any task did. Waits are passed over: they move the clock alone. */
  run(dag_id: string, window: TimeWindow): Promise<void>;
  countBars(): Promise<number>;
  close(): Promise<void>;
}

export async function openPipelineBench(): Promise<PipelineBench> {
  const [sqld, miniflare] = await Promise.all([startSqld(), startMiniflare()]);
  const clock = createTestClock(NOON);
  const pools = definePools();
  const ledger = createLedger(sqld.database, pools);
  const engine = createEngine({
    ...LEASE,
    ledger,
    dags: ALL_DAGS,
    ports: await portsOf(sqld, miniflare, clock),
    clock,
    timers: systemTimers,
    hints: createMemoryHints(clock),
    newToken: () => crypto.randomUUID(),
    default_map_keys: { instrument: DEFAULT_INSTRUMENTS, source: [] },
    pools,
    backfills: createBackfillStore(sqld.database),
    outbox: createCallbackOutbox(sqld.database),
    notifier: createLogNotifier(),
  });
  return {
    now: clock.now,
    advance(ms) {
      const start = clock.now();
      clock.advance(ms);
      return { start, end: clock.now() };
    },
    async run(dag_id, window) {
      const { run } = await engine.triggerRun({ dag_id, run_type: "manual", window, conf: {}, triggered_by: "test" });
      await engine.drain({ advanceTo: clock.set });
      const tasks = await ledger.taskInstances(dag_id, run.run_id);
      const unfinished = tasks.find(({ state }) => state !== "success");
      if (unfinished) throw new Error(`${dag_id} ended with ${unfinished.task_id} ${unfinished.map_key}: ${unfinished.state}`);
    },
    countBars: async () => Number((await sqld.database.$client.execute("SELECT count(*) FROM bars")).rows[0]?.[0]),
    close: async () => void (await Promise.all([sqld.stop(), miniflare.stop()])),
  };
}

async function portsOf(sqld: SqldProcess, miniflare: Awaited<ReturnType<typeof startMiniflare>>, clock: Clock): Promise<Ports> {
  return {
    ...(await createTestPorts({ now: NOON, config: { instruments: DEFAULT_INSTRUMENTS }, candles: sandboxCandles(clock) })),
    clock,
    lake: createR2ObjectStore(miniflare.bucket),
    bars: createBarStore(sqld.database),
    features: createFeatureStore(sqld.database, clock),
    online: createKvOnlineStore(miniflare.kv),
  };
}

function sandboxCandles(clock: Clock) {
  const sandbox = createSandbox({ clock, token: TOKEN, requests_per_second: Number.POSITIVE_INFINITY });
  return createOandaCandleSource({
    base_url: "http://127.0.0.1",
    token: TOKEN,
    fetch: async (input, init) => sandbox.request(String(input), init),
    sleep: async () => {},
    random: () => 0.5,
    clock,
    clock_skew_ms: 0,
  });
}
