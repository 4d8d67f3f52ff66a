import { beforeEach, describe, expect, it } from "vitest";
import { createPredictionLog } from "../../../functions/adapters/libsql/serving/predictionLog.ts";
import { HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { modelArtifactKeys, sourceKeys } from "../../../shared/models/modelCard.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { logAnswers, servedAnswer } from "../../support/models/monitorFixture.ts";
import { addRows, GOLD, goldRow, ready } from "../../support/models/servingFixture.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
});

const list = async (query: string) => app.call("GET", `/predictions?${query}`);
const barAt = (end: number, close: number) => {
  const mid = { o: close, h: close, l: close, c: close };
  return { instrument: "USD_SGD", granularity: "H1" as const, start: end - HOUR, mid, bid: null, ask: null, volume: null };
};

describe("what was answered", () => {
  it("is listed with what became of it, the newest first", async () => {
    await storeBars(ports, [barAt(NOON - 3 * HOUR, 1.3), barAt(NOON - 2 * HOUR, 1.31), barAt(NOON - HOUR, 1.31), barAt(NOON, 1.3)]);
    await logAnswers(ports, [
      servedAnswer(NOON - 3 * HOUR, 0.6, { prediction_id: "rose" }),
      servedAnswer(NOON - 2 * HOUR, 0.6, { prediction_id: "flat" }),
      servedAnswer(NOON - HOUR, 0.6, { prediction_id: "fell" }),
      servedAnswer(NOON, 0.6, { prediction_id: "open" }),
    ]);
    const { status, body } = await list("instrument=USD_SGD");
    expect([status, body.next_cursor]).toEqual([200, null]);
    expect(body.predictions.map((one: { prediction_id: string; outcome: unknown }) => [one.prediction_id, one.outcome])).toEqual([
      ["open", null],
      ["fell", outcome("bearish", Math.log(1.3 / 1.31) * 1e4, false)],
      ["flat", outcome("flat", 0, null)],
      ["rose", outcome("bullish", Math.log(1.31 / 1.3) * 1e4, true)],
    ]);
    expect(body.predictions[0]).toMatchObject({
      prediction: Math.fround(0.6),
      direction: "bullish",
      model_version: "fx-usdsgd-predictor/1",
      requested_at: toIso(NOON + HOUR / 12),
      as_of: null,
      event_time: toIso(NOON),
      target_start: toIso(NOON),
      target_end: toIso(NOON + HOUR),
    });
  });

  it("has its outcome by the market's hours: Friday's last bar is decided by Monday's first", async () => {
    const friday = Date.UTC(2025, 5, 20, 21);
    const sunday = Date.UTC(2025, 5, 22, 22);
    await storeBars(ports, [barAt(friday, 1.3), barAt(sunday, 1.29)]);
    await logAnswers(ports, [servedAnswer(friday, 0.4)]);
    const [{ outcome: found, target_end }] = (await list("instrument=USD_SGD")).body.predictions;
    expect([target_end, found]).toEqual([toIso(sunday), outcome("bearish", Math.log(1.29 / 1.3) * 1e4, true)]);
  });

  it("comes in pages, each once", async () => {
    const records = Array.from({ length: 7 }, (_, index) => servedAnswer(NOON, 0.5, { prediction_id: `p${index}` }));
    await logAnswers(ports, records);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { body } = await list(`instrument=USD_SGD&limit=3${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...body.predictions.map((one: { prediction_id: string }) => one.prediction_id));
      cursor = body.next_cursor;
    }
    expect(seen).toEqual(records.map(({ prediction_id }) => prediction_id).reverse());
    const { body } = await list(`instrument=USD_SGD&from=${toIso(NOON + HOUR)}&to=${toIso(NOON + 2 * HOUR)}`);
    expect(body).toEqual({ predictions: [], next_cursor: null });
  });

  it.each([
    ["", 422, "instrument"],
    ["instrument=usd", 422, "instrument"],
    ["instrument=XAU_USD", 404, "instrument"],
    ["instrument=USD_SGD&from=yesterday", 422, "from"],
    ["instrument=USD_SGD&limit=501", 422, "limit"],
    ["instrument=USD_SGD&cursor=nonsense", 422, "cursor"],
    ["instrument=USD_SGD&offset=3", 422, "offset"],
  ])("asked by %j is refused", async (query, status, field) => {
    const answer = await list(query);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });

  it("is for those who look after the installation", async () => {
    app = createTestApp(ports, { admin_token: "secret" });
    for (const path of ["/predictions?instrument=USD_SGD", "/predictions/p"]) {
      expect((await app.call("GET", path)).status).toBe(401);
      expect((await app.call("GET", path, undefined, { authorization: "Bearer secret" })).status).not.toBe(401);
    }
  });
});

describe("one answer", () => {
  /** Asks and brings the answer to the log, as the queue does. */
  async function answered(body: Record<string, unknown>) {
    const { prediction_id } = (await app.call("POST", "/predict", body)).body;
    await createPredictionLog(ports.database).append(app.recorded.slice(-1));
    return (await app.call("GET", `/predictions/${prediction_id}`)).body;
  }
  const dataset = "ab".repeat(32);
  const market = () => ({ view: GOLD.name, schema_hash: GOLD.schema_hash, event_time: toIso(NOON), created_time: toIso(NOON) });

  it("leads to its model, training set, rows of features and objects of bronze", async () => {
    await ready(ports, NOON);
    const times = { first_event_time: NOON - 9 * HOUR, last_event_time: NOON - 5 * HOUR, as_of: NOON - 4 * HOUR, recorded_until: null };
    await ports.tracking.addDataset({
      ...{ sha256: "d", key: "datasets/d.parquet", instrument: "USD_SGD", rows: 4, feature_names: ["ret_1"], feature_set_hash: dataset },
      ...times,
    });
    await storeBars(ports, [barAt(NOON - HOUR, 1.3), barAt(NOON, 1.31), barAt(NOON + HOUR, 1.32)]);
    await ports.bars.write({
      ...{ object_key: "legs", bars: [{ ...barAt(NOON, 1.1), instrument: "EUR_USD" }], lines: [1], rejects: [], ingested_at: NOON },
    });
    const { lineage, features, ...served } = await answered({ instrument: "USD_SGD" });
    expect(served).toMatchObject({ instrument: "USD_SGD", event_time: toIso(NOON), outcome: { realized_direction: "bullish" } });
    expect(features.filter((one: { value: unknown }) => one.value !== null)).toEqual([{ feature: "ret_1", value: Math.fround(-0.001) }]);
    expect(lineage.model).toMatchObject({ name: "fx-usdsgd-predictor", version: "1", run_id: "a", library_version: "3.4.1" });
    expect(lineage.training_set).toMatchObject({ sha256: "d", key: "datasets/d.parquet", rows: 4, as_of: toIso(NOON - 4 * HOUR) });
    expect(lineage.feature_rows).toEqual([{ ...market(), available_at: toIso(NOON), recorded_at: expect.any(String), matches: true }]);
    expect(
      lineage.bronze_objects.map((one: { instrument: string; key: string; bars: number }) => [one.instrument, one.key, one.bars]),
    ).toEqual([
      ["USD_SGD", "test", 2],
      ["EUR_USD", "legs", 1],
    ]);
    expect(lineage.notes).toEqual([]);
  });

  it("finds the version of a row that it was made of, also when another was recorded since; and says where none is", async () => {
    await ready(ports, NOON);
    const before = await answered({ instrument: "USD_SGD" });
    ports.clock.advance(MINUTE);
    // Another, and then one that says the same again of what the model reads.
    await addRows(ports, [goldRow(NOON, 0.002)]);
    await addRows(ports, [goldRow(NOON, -0.001)]);
    const again = (await app.call("GET", `/predictions/${before.prediction_id}`)).body;
    expect(again.lineage.feature_rows).toEqual(before.lineage.feature_rows);
    await logAnswers(ports, [{ ...app.recorded.at(-1)!, prediction_id: "odd", features: app.recorded.at(-1)!.features.map(() => 7) }]);
    const odd = (await app.call("GET", "/predictions/odd")).body;
    expect(odd.lineage.feature_rows[0]).toMatchObject({ ...market(), matches: false });
    expect(odd.lineage.notes).toContainEqual(expect.stringMatching(/No stored version of the row/));
  });

  it("about the past leads to the row of then", async () => {
    await ready(ports, NOON);
    const { lineage, as_of } = await answered({ instrument: "USD_SGD", timestamp: toIso(NOON - 2 * HOUR + MINUTE) });
    expect(as_of).toBe(toIso(NOON - 2 * HOUR + MINUTE));
    expect(lineage.feature_rows[0]).toMatchObject({ event_time: toIso(NOON - 2 * HOUR), matches: true });
  });

  it("says what is not there any more, and is told all the same", async () => {
    await ready(ports, NOON);
    const { prediction_id, lineage } = await answered({ instrument: "USD_SGD" });
    expect(lineage.notes).toEqual([expect.stringMatching(/training set d is not in this store/)]);
    ports.lake.replace(sourceKeys(modelArtifactKeys("a").source).card, new TextEncoder().encode("{}"));
    const { status, body } = await app.call("GET", `/predictions/${prediction_id}`);
    expect([status, body.lineage.model.run_id, body.lineage.feature_rows]).toEqual([200, "a", []]);
    expect(body.features[0].feature).toBe("input_0");
    expect(body.lineage.notes).toEqual([expect.stringMatching(/model card of fx-usdsgd-predictor.1 cannot be read/)]);
    await logAnswers(ports, [servedAnswer(NOON, 0.5, { prediction_id: "unknown", model_version: "99" })]);
    expect((await app.call("GET", "/predictions/unknown")).body.lineage).toMatchObject({
      model: { version: "99", run_id: null },
      training_set: null,
      notes: [expect.stringMatching(/no version 99/)],
    });
  });

  it("that there is not is 404", async () => {
    const { status, body } = await app.call("GET", "/predictions/nothing");
    expect([status, body.code, body.field]).toEqual([404, "not_found", "prediction_id"]);
  });
});

function outcome(realized_direction: string, return_bp: number, was_right: boolean | null) {
  return {
    realized_direction,
    return_bp: expect.closeTo(return_bp, 9),
    was_right,
    source: "bars",
    by_bars: realized_direction,
    known_at: toIso(NOW),
  };
}
