import { afterAll, beforeAll, expect, it } from "vitest";
import { unpackVector } from "../../functions/adapters/libsql/bulk.ts";
import { createPredictionLog } from "../../functions/adapters/libsql/serving/predictionLog.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";

let sqld: SqldProcess;

beforeAll(async () => {
  sqld = await startSqld();
});
afterAll(() => sqld.stop());

function record(prediction_id: string, prediction: number): PredictionRecord {
  return {
    prediction_id,
    instrument: "USD_SGD",
    model_name: "m",
    model_version: "3",
    event_time: 1,
    target_start: 1,
    prediction,
    requested_at: 2,
    as_of: null,
    features: [0.1, null, -0],
  };
}

it("stores a batch once, and leaves a prediction that is there as it is", async () => {
  const log = createPredictionLog(sqld.database);
  await log.append([]);
  await log.append([record("a", 0.12345678901234568), record("b", 0.5)]);
  await log.append([record("a", 0.9), record("c", 0.7)]);
  const { rows } = await sqld.database.$client.execute("SELECT prediction_id, prediction, as_of, features FROM predictions ORDER BY 1");
  expect(rows.map((row) => [row[0], row[1], row[2]])).toEqual([
    ["a", 0.12345678901234568, null],
    ["b", 0.5, null],
    ["c", 0.7, null],
  ]);
  expect(unpackVector(rows[0]?.[3])).toEqual(Float64Array.of(0.1, Number.NaN, -0));
});

it("takes a batch larger than one statement, all or nothing", async () => {
  const log = createPredictionLog(sqld.database);
  const count = async () =>
    Number((await sqld.database.$client.execute("SELECT count(*) FROM predictions WHERE prediction_id LIKE 'n%'")).rows[0]?.[0]);
  const many = Array.from({ length: 1_200 }, (_, i) => record(`n${i}`, 0.5));
  await expect(log.append([...many, { ...record("n-bad", Number.NaN) }])).rejects.toThrow();
  expect(await count()).toBe(0);
  await log.append(many);
  expect(await count()).toBe(1_200);
});
