import { createSandbox } from "../../../data/sandbox/createSandbox.ts";
import { createLedger } from "../../../functions/adapters/libsql/ledger/ledger.ts";
import { createBackfillStore } from "../../../functions/adapters/libsql/orchestration/backfillStore.ts";
import { createOandaCandleSource } from "../../../functions/adapters/oandaCandleSource.ts";
import { createEngine } from "../../../functions/engine/engine.ts";
import { dataCollection } from "../../../functions/pipelines/data_collection/dag.ts";
import { marketFeaturePipeline } from "../../../functions/pipelines/market_features/dag.ts";
import type { Ports } from "../../../functions/pipelines/ports.ts";
import { definePools } from "../../../shared/dag/pool.ts";
import type { RunSlice, Step } from "../../../shared/dag/step.ts";
import { DAY, HOUR, type Instant, SECOND } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { createTestClock, createTestEngine, wrapSteps } from "../engine/testEngine.ts";
import { createTestPorts, type TestPorts } from "../ports/testPorts.ts";

const TOKEN = "sandbox";
/** Long enough that most features have their lookback. */
const HISTORY_MS = 10 * DAY;
/** What a slice costs in simulated time: three times what it takes on a machine of two cores. */
const SLICE_MS = 200;

export interface CloseWorldOptions {
  readonly instruments: readonly Instrument[];
  /** How long after its close OANDA has a bar complete. */
  readonly completes_after_ms: number;
}

export type CloseWorld = Awaited<ReturnType<typeof openCloseWorld>>;

/**
 * The real pipelines of candles and market features, with the real sandbox as OANDA, on one simulated clock, one slice after the other as
 * on one machine. The store has ten days of bars and features, all but the bar that ends at `close`.
 */
export async function openCloseWorld(close: Instant, { instruments, completes_after_ms }: CloseWorldOptions) {
  const clock = createTestClock(close - 30 * SECOND);
  const sandbox = createSandbox({ clock: { now: () => clock.now() - completes_after_ms }, token: TOKEN });
  const asked: string[] = [];
  const candles = createOandaCandleSource({
    base_url: "http://127.0.0.1",
    token: TOKEN,
    fetch: async (input, init) => {
      asked.push(String(input));
      return sandbox.request(String(input), init);
    },
    sleep: async (ms) => clock.advance(ms),
    random: () => 0.5,
    clock,
  });
  const ports: TestPorts = { ...(await createTestPorts({ now: clock.now(), candles, config: { instruments } })), clock };
  const engine = openEngine(ports, instruments);
  const before = { start: close - HISTORY_MS, end: close - HOUR };
  for (const dag_id of ["data_collection", "market_feature_pipeline"]) {
    await engine.triggerRun({ dag_id, run_id: "history", run_type: "manual", window: before, conf: {}, triggered_by: "test" });
    await engine.drain({ advanceTo: clock.set });
  }
  for (const instrument of instruments) {
    const last = await ports.bars.lastStart(instrument, "H1");
    if (last === null) throw new Error(`the history of ${instrument} was not collected`);
  }
  return { clock, ports, engine, sandbox, asked };
}

function openEngine(ports: TestPorts, instruments: readonly Instrument[]) {
  const pools = definePools();
  const { deps } = createTestEngine(createLedger(ports.database, pools), [], {}, { backfills: createBackfillStore(ports.database) });
  const default_map_keys = { instrument: instruments, source: [] };
  return createEngine({
    ...deps,
    clock: ports.clock,
    dags: [dataCollection, marketFeaturePipeline].map((dag) => wrapSteps(dag, costing)),
    ports,
    pools,
    default_map_keys,
  });

  function costing(step: Step<Ports>): RunSlice<Ports> {
    return async (given, context) => {
      ports.clock.advance(SLICE_MS);
      return step.run(given, context);
    };
  }
}
