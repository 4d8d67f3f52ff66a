import { expect, it } from "vitest";
import { createLedger } from "../../../functions/adapters/libsql/ledger/ledger.ts";
import { createBackfillStore } from "../../../functions/adapters/libsql/orchestration/backfillStore.ts";
import { createBackfills } from "../../../functions/engine/backfills.ts";
import { createEngine } from "../../../functions/engine/engine.ts";
import { marketFeaturePipeline } from "../../../functions/pipelines/market_features/dag.ts";
import { definePools } from "../../../shared/dag/pool.ts";
import { DAY, HOUR, toIso } from "../../../shared/domain/instant.ts";
import { backfillsByContract } from "../../support/byContract.ts";
import { walkUntil } from "../../support/candleLines.ts";
import { createTestEngine } from "../../support/testEngine.ts";
import { createTestPorts, storeBars } from "../../support/testPorts.ts";

const END = Date.UTC(2025, 5, 25);
const START = END - 2 * DAY;
const INSTRUMENTS = ["USD_SGD", "EUR_USD"];

/** The market pipeline with its own steps, on a store of bars. */
async function openPipeline() {
  const ports = await createTestPorts({ now: END + HOUR });
  for (const [seed, instrument] of INSTRUMENTS.entries()) await storeBars(ports, walkUntil(instrument, END, 400, seed + 1));
  const ledger = createLedger(ports.database, definePools());
  const { deps } = createTestEngine(
    ledger,
    [],
    {},
    { clock: ports.clock, default_map_keys: { instrument: INSTRUMENTS, source: [] }, backfills: createBackfillStore(ports.database) },
  );
  const engine = createEngine({ ...deps, dags: [marketFeaturePipeline], ports, pools: definePools() });
  const rows = async () => {
    const sql = `SELECT entity, view, schema_hash, event_time, created_time, available_at, hex(vector) AS vector FROM feature_rows
      WHERE event_time > ? AND event_time <= ? ORDER BY entity, view, event_time, created_time`;
    return (await ports.database.$client.execute({ sql, args: [START, END] })).rows.map((row) => Object.values(row).join(" "));
  };
  return {
    engine,
    rows,
    backfills: backfillsByContract(createBackfills({ ...deps, dags: [marketFeaturePipeline] }), [marketFeaturePipeline]),
  };
}

it("a backfill by days gives the rows of the schedule by hours, to the byte, in any order", async () => {
  const scheduled = await openPipeline();
  for (let hour = 1; hour <= 48; hour++) {
    await scheduled.engine.schedule("0 * * * *", START + hour * HOUR);
    await scheduled.engine.drain();
  }
  const expected = await scheduled.rows();
  expect(expected.length).toBeGreaterThan(48 * INSTRUMENTS.length);
  for (const over of [{ max_active_runs: 4 }, { run_backwards: true, step: "5h" }]) {
    const { engine, rows, backfills } = await openPipeline();
    const { id } = await backfills.create({ dag_id: "market_feature_pipeline", from_date: toIso(START), to_date: toIso(END), ...over });
    await engine.drain();
    expect(await backfills.get(id)).toMatchObject({ state: "completed", progress: { failed: 0 } });
    expect(await rows()).toEqual(expected);
  }
});
