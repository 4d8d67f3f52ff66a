import { expect, it } from "vitest";
import { createFeatureStore } from "../../../../functions/adapters/libsql/features/featureStore.ts";
import { createKnowledgeStore } from "../../../../functions/adapters/libsql/serving/knowledgeStore.ts";
import { createOutcomeStore } from "../../../../functions/adapters/libsql/serving/outcomeStore.ts";
import { createPredictionReader } from "../../../../functions/adapters/libsql/serving/predictionReader.ts";
import { createTracking } from "../../../../functions/adapters/libsql/tracking/tracking.ts";
import { GATE } from "../../../support/api/actors.ts";
import { openOldStore } from "../../../support/databases/oldStore.ts";

const [MODEL, FORMER] = ["fx-usdsgd-predictor", "USD_SGD_direction_h1"];

/** What training wrote; a version of other files was trained elsewhere. */
const sourceOf = (run: number) => `models/r${run}/artifacts/model`;

it("what an older store knew of its models is kept, as recorded at the upgrade", async () => {
  const { database, upgrade } = await openOldStore("0002_news_and_monitoring");
  const client = database.$client;
  await client.execute(`INSERT INTO registered_models (name, creation_timestamp, last_updated_timestamp) VALUES ('${FORMER}', 10, 20)`);
  await client.execute(`INSERT INTO model_versions (name, version, run_id, source, current_stage, creation_timestamp, last_updated_timestamp)
    VALUES ('${FORMER}', 1, 'r1', '${sourceOf(1)}', 'Archived', 10, 20), ('${FORMER}', 2, 'r2', '${sourceOf(2)}', 'Production', 20, 20)`);
  await client.execute(`INSERT INTO model_transitions (name, version, from_stage, to_stage, effective_at, reason)
    VALUES ('${FORMER}', 1, 'None', 'Production', 10, 'a'), ('${FORMER}', 1, 'Production', 'Archived', 20, 'b'), ('${FORMER}', 2, 'None', 'Production', 20, 'c')`);
  const before = Date.now();
  await upgrade();
  const after = Date.now();
  const tracking = createTracking(database, { now: () => after + 1_000 });
  const [versions, moves] = [await tracking.versions(MODEL), await tracking.transitions(MODEL)];
  expect(versions).toMatchObject([
    { version: "1", source: sourceOf(1), current_stage: "Archived", creation_timestamp: 10 },
    { version: "2", source: sourceOf(2), current_stage: "Production", last_updated_timestamp: 20 },
  ]);
  expect(moves.map((move) => [move.version, move.to_stage, move.effective_at, move.reason])).toEqual([
    ["1", "Production", 10, "a"],
    ["1", "Archived", 20, "b"],
    ["2", "Production", 20, "c"],
  ]);
  for (const { recorded_at } of [...versions, ...moves]) {
    expect(recorded_at).toBeGreaterThanOrEqual(before);
    expect(recorded_at).toBeLessThanOrEqual(after);
  }
  expect((await tracking.productionAt(MODEL, 15))?.version).toBe("1");
  expect(await tracking.productionAt(MODEL, 15, before - 1)).toBeNull();
  await tracking.registerVersion(MODEL, "r3", sourceOf(3), 30);
  await tracking.transition(MODEL, "3", "Production", 30, "d", GATE);
  expect((await tracking.productionAt(MODEL, 40))?.version).toBe("3");
});

it("rows of an older store are versions recorded when they were written, and what comes is recorded after", async () => {
  const { database, upgrade } = await openOldStore("0002_news_and_monitoring");
  const vector = new Uint8Array(Float64Array.of(1.5, Number.NaN).buffer);
  for (const [event_time, ingested_at] of [
    [1_000, 5_000],
    [2_000, 6_000],
  ] as const)
    await database.$client.execute({
      sql: `INSERT INTO feature_rows (entity, view, schema_hash, event_time, created_time, available_at, ingested_at, vector)
        VALUES ('USD_SGD', 'v', 'h', ?1, ?1, ?1, ?2, ?3)`,
      args: [event_time, ingested_at, vector],
    });
  await upgrade();
  const upgraded_at = Date.now();
  const features = createFeatureStore(database, { now: () => 7_000 });
  const read = async (recorded_until?: number) =>
    (await features.read("USD_SGD", { view: "v", schema_hash: "h" }, { start: 0, end: 9_000 }, 9_000, recorded_until)).map((row) => [
      row.event_time,
      row.values[0],
    ]);
  expect([await read(5_500), await read()]).toEqual([
    [[1_000, 1.5]],
    [
      [1_000, 1.5],
      [2_000, 1.5],
    ],
  ]);
  const times = { event_time: 2_000, created_time: 2_000, available_at: 2_000 };
  await features.write("USD_SGD", { view: "v", schema_hash: "h" }, [{ ...times, values: Float64Array.of(2.5, 0) }]);
  const { sealed_until } = await createKnowledgeStore(database).facts("USD_SGD", "m");
  expect(sealed_until).toBeLessThanOrEqual(upgraded_at + 1);
  expect(sealed_until).toBeGreaterThan(upgraded_at - 60_000);
  expect([(await read(sealed_until! - 1)).at(-1), (await read()).at(-1)]).toEqual([
    [2_000, 1.5],
    [2_000, 2.5],
  ]);
});

it("what was answered before the pipeline predicted by itself was asked for by users, and is open", async () => {
  const { database, upgrade } = await openOldStore("0012_feedback");
  await database.$client.execute(`INSERT INTO predictions VALUES ('p', 'USD_SGD', '${MODEL}', '2', 1000, 2000, 0.5, 1100, NULL, x''),
    ('q', 'USD_SGD', '${MODEL}', '2', 1000, 2000, 0.5, 1200, NULL, x''), ('r', 'USD_SGD', '${MODEL}-h5', '1', 1000, 2000, 0.5, 1300, NULL, x'')`);
  await upgrade();
  const found = await createPredictionReader(database).list({ instrument: "USD_SGD", from: null, to: null, after: null, limit: 9 });
  expect(found.map(({ prediction_id, source }) => [prediction_id, source])).toEqual(["r", "q", "p"].map((id) => [id, "user"]));
  const open = await createOutcomeStore(database).open("USD_SGD", 9_000_000, 9);
  expect(open.map(({ horizon_bars }) => horizon_bars).sort()).toEqual([1, 5]);
});
