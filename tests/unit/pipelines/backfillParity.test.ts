import { expect, it } from "vitest";
import { createLedger } from "../../../functions/adapters/libsql/ledger/ledger.ts";
import { createBackfillStore } from "../../../functions/adapters/libsql/orchestration/backfillStore.ts";
import { createBackfills } from "../../../functions/engine/backfills.ts";
import { createEngine } from "../../../functions/engine/engine.ts";
import { marketFeaturePipeline } from "../../../functions/pipelines/market_features/dag.ts";
import type { Ports } from "../../../functions/pipelines/ports.ts";
import { definePools } from "../../../shared/dag/pool.ts";
import { DAY, HOUR, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { backfillsByContract } from "../../support/api/byContract.ts";
import { createTestEngine } from "../../support/engine/testEngine.ts";
import { walkUntil } from "../../support/market/candleLines.ts";
import { createTestPorts, storeBars } from "../../support/ports/testPorts.ts";

const END = Date.UTC(2025, 5, 25);
const START = END - 2 * DAY;
const INSTRUMENTS = ["USD_SGD", "EUR_USD"];
/** From a Thursday to the Wednesday after it: with a weekend. */
const WEEK_DAYS = 6;

/** The market pipeline with its own steps, on a store of bars. */
async function openPipeline(wrap: (ports: Ports) => Ports = (ports) => ports) {
  const ports = await createTestPorts({ now: END + HOUR });
  for (const [seed, instrument] of INSTRUMENTS.entries()) await storeBars(ports, walkUntil(instrument, END, 400, seed + 1));
  const ledger = createLedger(ports.database, definePools());
  const { deps } = createTestEngine(
    ledger,
    [],
    {},
    { clock: ports.clock, default_map_keys: { instrument: INSTRUMENTS, source: [] }, backfills: createBackfillStore(ports.database) },
  );
  const engine = createEngine({ ...deps, dags: [marketFeaturePipeline], ports: wrap(ports), pools: definePools() });
  const rows = async () => {
    const sql = `SELECT entity, view, schema_hash, event_time, created_time, available_at, hex(vector) AS vector FROM feature_rows
      WHERE event_time > ? AND event_time <= ? ORDER BY entity, view, event_time, created_time`;
    return (await ports.database.$client.execute({ sql, args: [START, END] })).rows.map((row) => Object.values(row).join(" "));
  };
  const all = async (sql: string) => (await ports.database.$client.execute(sql)).rows.map((row) => Object.values(row).map(String));
  /** All that a backfill leaves behind, but for the times at which it did. */
  const left = async () => ({
    rows: await all(
      `SELECT entity, view, schema_hash, event_time, created_time, available_at, hex(vector) FROM feature_rows ORDER BY 1, 2, 3, 4`,
    ),
    progress: await all("SELECT entity, view, schema_hash, built_until FROM feature_progress ORDER BY 1, 2, 3"),
    runs: await all("SELECT data_interval_start, state FROM dag_runs ORDER BY 1"),
    tasks: await all(
      `SELECT run_id, task_id, map_key, state, try_number, max_tries, cursor, report, note FROM task_instances ORDER BY 1, 2, 3`,
    ),
    tries: (await all(`SELECT run_id, task_id, map_key, try_number, state, error, report, log FROM task_attempts ORDER BY 1, 2, 3, 4`)).map(
      (row) => row.map((value) => value.replaceAll(/^\S+Z /gm, "")),
    ),
    online: await Promise.all(INSTRUMENTS.map(async (instrument) => JSON.stringify(await ports.online.read(instrument)))),
    facts: await all("SELECT key FROM store_facts ORDER BY 1"),
  });
  return {
    engine,
    rows,
    left,
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

/** Gold of one day of an instrument cannot be written. */
function failingDay(day: number) {
  return (ports: Ports): Ports => ({
    ...ports,
    features: {
      ...ports.features,
      prepareWrite: (instrument, view, rows) => {
        const is_bad = rows.some(({ event_time }) => event_time === day + 15 * HOUR);
        if (view.view !== "market_features" || instrument !== "EUR_USD" || !is_bad)
          return ports.features.prepareWrite(instrument, view, rows);
        throw new AppError("internal", "bad day");
      },
    },
  });
}

it.each([
  ["days", {}, undefined],
  ["days, backwards", { run_backwards: true }, undefined],
  ["intervals that begin in the middle of a day", { step: "30h" }, undefined],
  ["hours over a weekend", { step: "1h", from_date: toIso(END - 5 * DAY), to_date: toIso(END - 2 * DAY) }, undefined],
  ["days, one of which cannot be built, nor what follows it", {}, failingDay(END - 2 * DAY)],
] as const)(
  "a backfill in blocks leaves what one run after the other leaves, to the byte, reports and online rows too: %s",
  async (_of, over, wrap) => {
    const order = { dag_id: "market_feature_pipeline", from_date: toIso(END - WEEK_DAYS * DAY), to_date: toIso(END), step: "1d", ...over };
    const left = [];
    for (const max_active_runs of [1, 10]) {
      const { engine, backfills, left: leftBy } = await openPipeline(wrap);
      const { id } = await backfills.create({ ...order, max_active_runs });
      const slices = await engine.drain();
      const { state } = await backfills.get(id);
      left.push({ slices, state, ...(await leftBy()) });
    }
    const [one, blocks] = left;
    expect({ ...blocks, slices: 0 }).toEqual({ ...one, slices: 0 });
    expect(one!.rows.length).toBeGreaterThan(0);
    expect(blocks!.slices).toBeLessThan(one!.slices / 2);
    expect(one!.runs.some(([, run_state]) => run_state === "failed")).toBe(wrap !== undefined);
  },
);
