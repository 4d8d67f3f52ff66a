import { beforeEach, describe, expect, it } from "vitest";
import { checkFeatures } from "../../../../functions/pipelines/monitoring/checkFeatures.ts";
import { checkQuality } from "../../../../functions/pipelines/monitoring/checkQuality.ts";
import type { Ports } from "../../../../functions/pipelines/ports.ts";
import type { Step } from "../../../../shared/dag/step.ts";
import { DAY, HOUR, MINUTE } from "../../../../shared/domain/instant.ts";
import { createRandom } from "../../../../shared/domain/random.ts";
import { modelFeatureNames } from "../../../../shared/features/modelFeatures.ts";
import type { Check } from "../../../../shared/monitoring/reading.ts";
import { runSlices } from "../../../support/engine/stepContext.ts";
import { addTrainingSet, barsWithMoves, logAnswers, openHourEnds, servedAnswer } from "../../../support/models/monitorFixture.ts";
import { addModel, addRows, GOLD, goldRow } from "../../../support/models/servingFixture.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

/** A Tuesday, a quarter past noon. */
const NOW = Date.UTC(2025, 5, 24, 12, 15);
const NOON = NOW - 15 * MINUTE;

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
});

async function measure(step: Step<Ports>, check: Check, at = NOW) {
  const { outcome } = await runSlices(step, ports, { map_key: "", window: { start: at - 15 * MINUTE, end: at } });
  const readings = await ports.monitor.latest({ check });
  const of = (metric: string, subject = "USD_SGD") => readings.find((one) => one.metric === metric && one.subject === subject)!;
  return { outcome, of, readings };
}
const quality = (at?: number) => measure(checkQuality, "quality", at);

describe("quality", () => {
  it("of an empty store is unknown, or nothing", async () => {
    const { outcome, of } = await quality();
    expect(outcome).toMatchObject({ kind: "success", report: { warning: 0, breach: 0 } });
    expect(of("bar_gap_share_30d")).toMatchObject({ value: null, status: "unknown" });
    expect(of("bronze_violations_24h").value).toBe(0);
    for (const metric of ["silver_violations_24h", "gold_violations_24h"])
      expect(of(metric)).toMatchObject({ value: null, n: 0, status: "unknown" });
    expect(of("newly_missing").details["reason"]).toBe("no version is in Production");
    expect(of("lexicon_share_24h", "news")).toMatchObject({ value: null, status: "unknown" });
  });

  it("counts open hours without a bar: a weekend is none of them, nor is the hour that has just closed", async () => {
    const bars = barsWithMoves("USD_SGD", NOON - HOUR, Array(400).fill(0.001));
    await storeBars(ports, bars);
    expect((await quality()).of("bar_gap_share_30d")).toMatchObject({ value: 0, n: 400, status: "ok" });
    ports = await createTestPorts({ now: NOW });
    await storeBars(
      ports,
      bars.filter((_, index) => index === 0 || index % 10 > 0),
    );
    const gaps = (await quality()).of("bar_gap_share_30d");
    expect(gaps).toMatchObject({ n: 400, status: "warning", details: { missing: 39 } });
    expect(gaps.value).toBeCloseTo(39 / 400, 12);
  });

  it("counts an outage at the beginning of the thirty days, and one that holds for all of them", async () => {
    const bars = barsWithMoves("USD_SGD", NOON - HOUR, Array(700).fill(0.001));
    const since = bars.findIndex(({ start }) => start >= NOON + HOUR - 30 * DAY);
    // The week before the span, and all of it but its first hundred hours.
    const kept = bars.filter((_, index) => index < since || index >= since + 100);
    await storeBars(ports, kept);
    const found = (await quality()).of("bar_gap_share_30d");
    expect(found).toMatchObject({ n: 700 - since, status: "warning", details: { missing: 100 } });
    expect(found.value).toBeCloseTo(100 / (700 - since), 12);
    ports = await createTestPorts({ now: NOW });
    await storeBars(ports, bars.slice(0, since));
    expect((await quality()).of("bar_gap_share_30d")).toMatchObject({ value: 1, status: "breach" });
  });

  it("waits for no bar behind the last one that was imported", async () => {
    const bars = barsWithMoves("USD_SGD", NOON - HOUR, Array(400).fill(0.001)).slice(0, 200);
    await storeBars(ports, bars);
    expect((await quality()).of("bar_gap_share_30d")).toMatchObject({ value: 0.5, n: 400, status: "breach" });
    ports = await createTestPorts({ now: NOW, config: { market_origin: "import" } });
    await storeBars(ports, bars);
    expect((await quality()).of("bar_gap_share_30d")).toMatchObject({ value: 0, n: 200, status: "ok" });
    ports = await createTestPorts({ now: NOW + 99 * DAY, config: { market_origin: "import" } });
    await storeBars(ports, bars);
    expect((await quality(NOW + 99 * DAY)).of("bar_gap_share_30d")).toMatchObject({ value: null, status: "unknown" });
  });

  it("names lines that were refused, by instrument and by reason", async () => {
    const written = { key: "o", origin: "sandbox" as const, instrument: "USD_SGD", granularity: "H1" as const, sha256: "s", bytes: 9 };
    const object = { ...written, lines: 3, window: { start: NOON - HOUR, end: NOON }, ingested_at: NOW - HOUR };
    const write = { object_key: "o", object, bars: [], lines: [], ingested_at: NOW - HOUR };
    const reject = (line: number, reason: "spike" | "bad_time") => ({
      object_key: "o",
      line,
      instrument: "USD_SGD",
      reason,
      detail: "",
      raw: "",
    });
    await ports.bars.write({ ...write, rejects: [reject(1, "spike"), reject(2, "spike"), reject(3, "bad_time")] });
    const { of } = await quality();
    expect(of("bronze_violations_24h")).toMatchObject({ value: 3, status: "ok", details: { by_reason: { spike: 2, bad_time: 1 } } });
    expect([of("rejects_24h", "spike").value, of("rejects_24h", "bad_time").value]).toEqual([2, 1]);
    expect(of("bronze_violations_24h", "EUR_USD").value).toBe(0);
  });

  it("finds rows of gold that are not as their schema has them", async () => {
    const broken = goldRow(NOON - HOUR, 0.001);
    broken.values[GOLD.features.findIndex(({ name }) => name === "hour_sin")] = 7;
    await addRows(ports, [broken, goldRow(NOON, 0.001)]);
    const found = (await quality()).of("gold_violations_24h");
    expect(found).toMatchObject({ value: 1, n: 2, status: "warning" });
    expect(found.details["named"]).toEqual([expect.stringContaining("hour_sin")]);
  });

  it("counts each such row once, whatever is wrong with it and however many there are", async () => {
    const column = (name: string) => GOLD.features.findIndex((feature) => feature.name === name);
    const broken = (hours: number, ...names: string[]) => {
      const row = goldRow(NOON - hours * HOUR, 0.001);
      for (const name of names) row.values[column(name)] = 7;
      return row;
    };
    const sines = [15, 14, 13, 12, 11, 10, 9].map((hours) => broken(hours, "hour_sin"));
    const cosines = [8, 7, 6, 5, 4, 3, 2].map((hours) => broken(hours, "hour_cos"));
    await addRows(ports, [...sines, ...cosines, broken(1, "hour_sin", "hour_cos"), goldRow(NOON, 0.001)]);
    expect((await quality()).of("gold_violations_24h")).toMatchObject({ value: 15, n: 16, status: "breach" });
  });

  it("names a feature that is missing in what was served, and was missing in no row of training", async () => {
    const dataset = await addTrainingSet(ports, NOW - DAY, 300);
    await addModel(ports, { run_id: "r", strength: 1, promoted_at: NOW - 3 * DAY, card: { dataset } });
    const whole = modelFeatureNames(GOLD, "USD_SGD").map(() => 0.5);
    const vector = (missing: readonly string[]) =>
      modelFeatureNames(GOLD, "USD_SGD").map((name, index) => (missing.includes(name) ? null : whole[index]!));
    const made = (hours: number, missing: readonly string[]) => servedAnswer(NOON - hours * HOUR, 0.6, { features: vector(missing) });
    await logAnswers(ports, [made(3, []), made(2, []), made(30, ["vol_20"])]);
    expect((await quality()).of("newly_missing")).toMatchObject({ value: 0, n: 2, status: "ok" });
    await logAnswers(ports, [made(1, ["vol_20"])]);
    expect((await quality()).of("newly_missing")).toMatchObject({ value: 1, status: "warning", details: { named: ["vol_20 (1 of 3)"] } });
  });
});

describe("features", () => {
  it("are measured each by itself, once an hour, and again by a run that is repeated", async () => {
    const dataset = await addTrainingSet(ports, NOW - 35 * DAY, 1_000);
    await addModel(ports, { run_id: "r", strength: 1, promoted_at: NOW - 35 * DAY, card: { dataset } });
    const random = createRandom(11);
    const position = GOLD.features.findIndex(({ name }) => name === "vol_20");
    const rows = openHourEnds(NOW, 450).map((event_time) => {
      const values = Float64Array.from({ length: GOLD.features.length }, random);
      values[position] = Number.NaN;
      return { event_time, created_time: event_time, available_at: event_time, values };
    });
    await addRows(ports, rows);
    const { of, readings } = await measure(checkFeatures, "features");
    expect(readings.filter(({ metric, subject }) => metric === "psi" && subject.startsWith("USD_SGD/"))).toHaveLength(
      modelFeatureNames(GOLD, "USD_SGD").length,
    );
    expect(of("psi", "USD_SGD/vol_20").value).toBeGreaterThan(1);
    expect(of("psi", "USD_SGD/ret_1")).toMatchObject({ status: "ok", n: 450 });
    expect(of("psi", "USD_SGD/ret_1").value).toBeLessThan(0.1);
    expect(of("missing_share", "USD_SGD/vol_20")).toMatchObject({ value: 1, details: { in_training: 0 } });
    expect(of("missing_share", "USD_SGD/ret_1")).toBeUndefined();
    expect((await measure(checkFeatures, "features")).readings).toEqual(readings);
    expect((await measure(checkFeatures, "features", NOW + 30 * MINUTE)).readings).toEqual(readings);
    // A stack that began at a quarter past measures on the hour from then on.
    expect((await measure(checkFeatures, "features", NOON + HOUR)).readings[0]!.measured_at).toBe(NOON + HOUR);
    expect((await measure(checkFeatures, "features", NOW + HOUR)).readings[0]!.measured_at).toBe(NOON + HOUR);
  });

  it("of few rows are not drift, but unknown", async () => {
    const dataset = await addTrainingSet(ports, NOW - 35 * DAY, 1_000);
    await addModel(ports, { run_id: "r", strength: 1, promoted_at: NOW - 35 * DAY, card: { dataset } });
    await addRows(ports, [goldRow(NOON, 0.001)]);
    expect((await measure(checkFeatures, "features")).of("psi", "USD_SGD/ret_1")).toMatchObject({ status: "unknown", n: 1 });
  });
});
