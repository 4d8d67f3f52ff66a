import { beforeEach, describe, expect, it } from "vitest";
import { checkFreshness } from "../../../../functions/pipelines/monitoring/checkFreshness.ts";
import { DAY, HOUR, MINUTE } from "../../../../shared/domain/instant.ts";
import type { NewsSource } from "../../../../shared/domain/newsSource.ts";
import { NEWS_FEATURES } from "../../../../shared/features/news/newsView.ts";
import { referenceOf, toRegisteredView } from "../../../../shared/features/viewSchema.ts";
import type { Reading } from "../../../../shared/monitoring/reading.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { barsWithMoves } from "../../../support/models/monitorFixture.ts";
import { addModel, addRows, goldRow } from "../../../support/models/servingFixture.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

/** A Tuesday, a quarter past noon. */
const NOW = Date.UTC(2025, 5, 24, 12, 15);
const NOON = NOW - 15 * MINUTE;

const sourceOf = (id: string): NewsSource => ({
  id,
  name: id,
  feeds: [`https://${id}.example/rss`],
  language: "en",
  politeness: { delay_ms: 1, max_pages: 1 },
  archive_url: null,
});

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({
    now: NOW + HOUR,
    config: { news_sources: ["reuters", "bloomberg", "cna", "straits", "own"].map(sourceOf) },
  });
});

async function measure(at = NOW, on = ports) {
  const context = stepContext({ map_key: "", window: { start: at - 15 * MINUTE, end: at } });
  const outcome = await checkFreshness.run(on, context);
  await context.settle();
  const readings = await on.monitor.latest({ check: "freshness" });
  const of = (subject: string, metric: string) => readings.find((one) => one.subject === subject && one.metric === metric) as Reading;
  return { outcome, readings, of, lines: context.lines };
}

const addFeed = (source: string, url: string, last_success_at: number | null, error: string | null = null) =>
  ports.database.$client.execute({
    sql: "INSERT INTO news_feeds (source, url, last_fetched_at, last_success_at, last_error) VALUES (?, ?, ?, ?, ?)",
    args: [source, url, NOW - MINUTE, last_success_at, error],
  });

describe("freshness", () => {
  it("of an empty store is unknown, each with its reason", async () => {
    const unasked = (source: string) => [source, "news_source_age_h", "unknown", "no feed of it has been asked yet"];
    const { outcome, readings } = await measure();
    expect(outcome).toEqual({ kind: "success", report: { written: 20, complete: true, ok: 0, unknown: 20, warning: 0, breach: 0 } });
    expect(readings.map(({ subject, metric, status, details }) => [subject, metric, status, details["reason"]])).toEqual([
      ["EUR_USD", "bar_age_h", "unknown", "no bar is stored"],
      ["EUR_USD", "market_features_age_h", "unknown", "no row of market_features is built"],
      ["EUR_USD", "news_features_age_h", "unknown", "no row of news_features is built"],
      ["EUR_USD", "online_age_h", "unknown", "the online store has no row of the market"],
      ["EUR_USD", "silver_age_h", "unknown", "a silver view has no row"],
      ["USD_SGD", "bar_age_h", "unknown", "no bar is stored"],
      ["USD_SGD", "market_features_age_h", "unknown", "no row of market_features is built"],
      ["USD_SGD", "news_features_age_h", "unknown", "no row of news_features is built"],
      ["USD_SGD", "online_age_h", "unknown", "the online store has no row of the market"],
      ["USD_SGD", "silver_age_h", "unknown", "a silver view has no row"],
      ...["bloomberg", "cna"].map(unasked),
      ["data_collection", "pipeline_age_h", "unknown", "no run of it has succeeded"],
      ["fx-eurusd-predictor", "model_age_d", "unknown", "no version is in Production"],
      ["fx-usdsgd-predictor", "model_age_d", "unknown", "no version is in Production"],
      ...["market_feature_pipeline", "news_feature_pipeline"].map((dag) => [
        dag,
        "pipeline_age_h",
        "unknown",
        "no run of it has succeeded",
      ]),
      ...["own", "reuters", "straits"].map(unasked),
    ]);
  });

  it("is the age of the newest bar, row and model as known at the window's end", async () => {
    await storeBars(ports, barsWithMoves("USD_SGD", NOON + HOUR, [0.001, 0.001, 0.001]));
    await addRows(ports, [goldRow(NOON - HOUR, 0.001), goldRow(NOON, 0.001, NOW + MINUTE)]);
    await addModel(ports, { run_id: "r1", strength: 1, promoted_at: NOW - 10 * DAY });
    const { of } = await measure();
    expect(of("USD_SGD", "bar_age_h")).toMatchObject({ value: 0.25, status: "ok", threshold: 2, measured_at: NOW });
    expect(of("USD_SGD", "bar_age_h").details).toEqual({ newest: "2025-06-24T12:00:00Z" });
    expect(of("USD_SGD", "market_features_age_h")).toMatchObject({ value: 1.25, status: "ok" });
    expect(of("fx-usdsgd-predictor", "model_age_d")).toMatchObject({ value: 10, status: "warning", details: { version: "1" } });
    // One hour may have had no trade.
    const [late, stale] = [120 * MINUTE, 130 * MINUTE];
    const ageAt = async (at: number) => (await measure(at)).of("USD_SGD", "bar_age_h");
    expect(await ageAt(NOON + HOUR + late)).toMatchObject({ status: "ok" });
    expect(await ageAt(NOON + HOUR + late + 1)).toMatchObject({ status: "warning", threshold: late / HOUR });
    expect(await ageAt(NOON + HOUR + stale + 1)).toMatchObject({ status: "breach", threshold: stale / HOUR });
  });

  it("counts market hours: on a Sunday morning Friday's last bar is as fresh as can be", async () => {
    const close = Date.UTC(2025, 5, 27, 21);
    await storeBars(ports, barsWithMoves("USD_SGD", close, [0.001]));
    const sunday = close + 39 * HOUR;
    expect((await measure(sunday)).of("USD_SGD", "bar_age_h")).toMatchObject({ value: 0, status: "ok" });
    expect((await measure(close + 51 * HOUR)).of("USD_SGD", "bar_age_h")).toMatchObject({ value: 3, status: "breach" });
  });

  it("of a news source is the newest success of its feeds, by the clock", async () => {
    await addFeed("reuters", "a", NOW - 2 * HOUR, JSON.stringify({ code: "source_unavailable", message: "away" }));
    await addFeed("reuters", "b", NOW - 30 * MINUTE);
    await addFeed("bloomberg", "c", NOW - 7 * HOUR);
    await addFeed("cna", "d", null, JSON.stringify({ code: "source_rejected", message: "403" }));
    await addFeed("straits", "e", NOW + HOUR);
    await addFeed("taken out of the configuration", "f", NOW - 99 * HOUR);
    const { of } = await measure();
    const source = (name: string) => of(name, "news_source_age_h");
    expect(source("reuters")).toMatchObject({ value: 0.5, status: "ok", details: { feeds: 2, errors: ["source_unavailable: away"] } });
    expect(source("bloomberg")).toMatchObject({ value: 7, status: "breach" });
    expect(source("cna")).toMatchObject({ value: null, status: "unknown", details: { reason: "it has never answered well" } });
    expect(source("straits")).toMatchObject({ value: 0, status: "ok" });
    expect(source("own")).toMatchObject({ value: null, status: "unknown", details: { reason: "no feed of it has been asked yet" } });
    expect(source("taken out of the configuration")).toBeUndefined();
  });

  it("of news features counts by the clock, the weekend as well", async () => {
    await ports.features.register(toRegisteredView(NEWS_FEATURES));
    const sunday = Date.UTC(2025, 5, 22, 12);
    const rows = [sunday - 9 * HOUR, sunday - 4 * HOUR].map((event_time) => {
      const values = new Float64Array(NEWS_FEATURES.features.length);
      return { event_time, created_time: event_time, available_at: event_time, values };
    });
    await ports.features.write("USD_SGD", referenceOf(NEWS_FEATURES), rows);
    const age = async (at: number) => (await measure(at)).of("USD_SGD", "news_features_age_h");
    expect(await age(sunday - 5 * HOUR)).toMatchObject({ value: 4, status: "warning", threshold: 3 });
    expect(await age(sunday - HOUR)).toMatchObject({ value: 3, status: "ok" });
    expect(await age(sunday + 3 * HOUR)).toMatchObject({ value: 7, status: "breach", threshold: 6 });
  });

  it("does not wait for bars where history is only imported, and a repeated step writes the same rows", async () => {
    const imported = await createTestPorts({ now: NOW, config: { market_origin: "import" } });
    await storeBars(imported, barsWithMoves("USD_SGD", NOON, [0.001]));
    const first = await measure(NOW, imported);
    // EUR_USD was never imported: nothing of it is missed.
    expect(new Set(first.readings.map(({ subject }) => subject))).toEqual(new Set(["USD_SGD", "fx-usdsgd-predictor"]));
    expect(new Set(first.readings.map(({ metric }) => metric))).toEqual(new Set(["news_features_age_h", "model_age_d"]));
    expect(first.lines).toHaveLength(1);
    imported.clock.advance(HOUR);
    expect((await measure(NOW, imported)).readings).toEqual(first.readings);
    expect(await imported.monitor.history({ since: 0, limit: 100 })).toHaveLength(first.readings.length);
  });
});
