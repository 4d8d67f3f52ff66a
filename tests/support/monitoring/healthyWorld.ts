import { createSandbox } from "../../../data/sandbox/createSandbox.ts";
import { createLedger } from "../../../functions/adapters/libsql/ledger/ledger.ts";
import { createNewsHosts } from "../../../functions/adapters/libsql/news/newsHosts.ts";
import { createBackfillStore } from "../../../functions/adapters/libsql/orchestration/backfillStore.ts";
import { createCallbackOutbox } from "../../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { createNewsFetcher } from "../../../functions/adapters/news/newsFetcher.ts";
import { userAgentOf } from "../../../functions/adapters/news/userAgent.ts";
import { createOandaCandleSource } from "../../../functions/adapters/oandaCandleSource.ts";
import { createEngine, type Engine } from "../../../functions/engine/engine.ts";
import { createTriggerRun } from "../../../functions/engine/triggerRun.ts";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";
import type { Ports } from "../../../functions/pipelines/ports.ts";
import { definePools } from "../../../shared/dag/pool.ts";
import type { RunSlice, Step } from "../../../shared/dag/step.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { optimalAccuracy } from "../../../shared/domain/plantedSignal.ts";
import { sandboxNewsSources } from "../../../shared/news/feeds/newsSources.ts";
import { createTestEngine, wrapSteps } from "../engine/testEngine.ts";
import { createFakeScorer } from "../ports/fakeScorer.ts";
import { createInProcessTrainer } from "../ports/inProcessTrainer.ts";
import { createTestPorts, type TestPorts } from "../ports/testPorts.ts";

const TOKEN = "sandbox";
const ORIGIN = "http://127.0.0.1";
const SIGNAL = 0.2;
/** What a slice costs in simulated time: about what it takes on a machine of two cores, where four run at once. */
const SLICE_MS = 20;
/** How long after its close the sandbox has a bar complete. */
const COMPLETES_AFTER_MS = 3 * SECOND;

/** The bar that ends at the start is complete when the bootstrap asks for it. */
const BEGINS_AFTER_MS = MINUTE;

/** Their crons, those first that are waited for: one after the other here, side by side there. */
const CRONS: readonly (readonly [cron: string, every_ms: number])[] = [
  ["0 * * * *", HOUR],
  ["*/10 * * * *", 10 * MINUTE],
  ["*/30 * * * *", 30 * MINUTE],
  ["*/15 * * * *", 15 * MINUTE],
];
const TICK_MS = 5 * MINUTE;
/** Midnight in Singapore. */
const TRAINS_AT_MS = 16 * HOUR;

export interface HealthyWorldOptions {
  readonly instruments: readonly Instrument[];
  readonly seed: number;
  /** Of the bootstrap: 2,000 labelled rows are 17 weeks. */
  readonly history_days: number;
}

export interface HealthyWorld {
  readonly ports: TestPorts;
  /** Lets the schedules run until then. */
  live(until: Instant): Promise<void>;
}

/**
 * The whole platform with nothing wrong: every pipeline by its schedule, with the real sandbox as OANDA and as the sites of its news, the
 * sidecar's training and the lexicon, on one simulated clock and a store in memory. It is bootstrapped over the days before `start`; models are
 * trained each midnight of Singapore with the profile `backfill`, which is a tenth of the nightly one's work.
 */
export async function openHealthyWorld(start: Instant, options: HealthyWorldOptions): Promise<HealthyWorld> {
  const { instruments, seed, history_days } = options;
  const clock = { now: () => ports.clock.now() };
  const sleep = async (ms: number) => ports.clock.advance(ms);
  const sandbox = createSandbox({ clock: { now: () => clock.now() - COMPLETES_AFTER_MS }, token: TOKEN, seed, signal: SIGNAL, sleep });
  const ask = (async (input: string | URL | Request, init?: RequestInit) => sandbox.request(String(input), init)) as typeof fetch;
  const news_sources = sandboxNewsSources(ORIGIN);
  const candles = createOandaCandleSource({ base_url: ORIGIN, token: TOKEN, fetch: ask, sleep, random: () => 0.5, clock });
  const config = { instruments, news_sources, max_plausible_accuracy: optimalAccuracy(SIGNAL) };
  const scorer = createFakeScorer("no model");
  const base: TestPorts = await createTestPorts({
    now: start + BEGINS_AFTER_MS,
    candles,
    config,
    trainer: createInProcessTrainer(),
    sentiment: scorer,
  });
  let tokens = 0;
  const news = createNewsFetcher({
    fetch: ask,
    hosts: createNewsHosts(base.database),
    clock,
    timers: { after: () => () => {} },
    sleep,
    newToken: () => `turn-${++tokens}`,
    user_agent: userAgentOf(undefined),
    allowed_origins: [ORIGIN],
  });
  const pools = definePools();
  const ledger = createLedger(base.database, pools);
  const outbox = createCallbackOutbox(base.database);
  const { deps, hints } = createTestEngine(ledger, [], {}, { backfills: createBackfillStore(base.database) });
  const default_map_keys = { instrument: instruments, source: news_sources.map(({ id }) => id) };
  const trigger = createTriggerRun({ ledger, dags: ALL_DAGS, clock, hints, default_map_keys });
  const ports: TestPorts = { ...base, news, trigger };
  const dags = ALL_DAGS.map((dag) => wrapSteps(dag, costing));
  const lease = { lease_ms: HOUR, heartbeat_ms: 10 * MINUTE };
  const engine = createEngine<Ports>({ ...deps, ...lease, clock, dags, ports, pools, outbox, default_map_keys });
  await bootstrap(engine, ports, start, history_days);
  hints.take();
  return {
    ports,
    live: async (until) => {
      for (let at = ports.clock.now(); at < until; at = Math.floor(at / TICK_MS) * TICK_MS + TICK_MS) {
        await tick(engine, ports, at, instruments);
        hints.take();
      }
    },
  };

  function costing(step: Step<Ports>): RunSlice<Ports> {
    return async (given, context) => {
      ports.clock.advance(SLICE_MS);
      return step.run(given, context);
    };
  }
}

/** As `fx start` does with an empty store. */
async function bootstrap(engine: Engine, ports: TestPorts, start: Instant, history_days: number): Promise<void> {
  const window = { start: start - history_days * DAY, end: start };
  const run = { run_id: "bootstrap", run_type: "manual" as const, window, triggered_by: "test" as const };
  for (const dag_id of ["data_collection", "market_feature_pipeline", "news_feature_pipeline"]) {
    await engine.triggerRun({ ...run, dag_id, conf: {} });
    await engine.drain({ advanceTo: ports.clock.set });
  }
  await engine.triggerRun({ ...run, dag_id: "model_training", conf: { profile: "bootstrap" } });
  await engine.drain({ advanceTo: ports.clock.set });
}

async function tick(engine: Engine, ports: TestPorts, at: Instant, instruments: readonly Instrument[]): Promise<void> {
  const { clock } = ports;
  clock.set(at);
  for (const [cron, every_ms] of CRONS) {
    if (at % every_ms !== 0) continue;
    await engine.schedule(cron, at);
    await engine.drain();
  }
  if (at % DAY === TRAINS_AT_MS) {
    const window = { start: at - DAY, end: at };
    const run = {
      run_id: `daily__${at}`,
      run_type: "manual" as const,
      window,
      triggered_by: "test" as const,
      map_keys: { instrument: instruments },
    };
    await engine.triggerRun({ ...run, dag_id: "model_training", conf: { profile: "backfill" } });
  }
  await settle(engine, ports, at + TICK_MS);
}

/** Does what falls due before `until`, at its time. */
async function settle(engine: Engine, { clock }: TestPorts, until: Instant): Promise<void> {
  for (;;) {
    await engine.drain();
    const { next_due_at } = await engine.sweep();
    if (next_due_at === null || next_due_at >= until) return;
    clock.set(next_due_at);
  }
}
