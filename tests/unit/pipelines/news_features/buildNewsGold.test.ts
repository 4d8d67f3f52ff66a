import { beforeEach, describe, expect, it } from "vitest";
import { goldViewOf } from "../../../../functions/pipelines/common/goldViewOf.ts";
import { buildNewsGold } from "../../../../functions/pipelines/news_features/buildNewsGold.ts";
import { materializeNews } from "../../../../functions/pipelines/news_features/materializeNews.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../../shared/domain/instant.ts";
import { buildNewsRows } from "../../../../shared/features/news/buildNewsRows.ts";
import { toNewsSeries } from "../../../../shared/features/news/newsSeries.ts";
import { NEWS_FEATURES } from "../../../../shared/features/news/newsView.ts";
import { fromOnlineRow } from "../../../../shared/features/onlineRow.ts";
import { referenceOf } from "../../../../shared/features/viewSchema.ts";
import type { SilverArticle } from "../../../../shared/news/silverArticle.ts";
import { runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { silverOf } from "../../../support/news/scoredNews.ts";
import { createTestPorts, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const REFERENCE = referenceOf(NEWS_FEATURES);

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOON });
});

const put = (...rows: SilverArticle[]) => ports.sentiments.prepareSilver(rows).commit();
const build = (start: Instant, end: Instant) => runSlices(buildNewsGold, ports, { window: { start, end } });
const stored = (end = NOON + DAY) => ports.features.read("USD_SGD", REFERENCE, { start: 0, end }, end);
const times = async () => (await stored()).map((row) => row.event_time);
const builtUntil = async () => (await ports.features.progress("USD_SGD", REFERENCE)).built_until;
/** What the rows must be, from all articles at once. */
const expected = (articles: readonly SilverArticle[], start: Instant, end: Instant) =>
  buildNewsRows(
    NEWS_FEATURES,
    toNewsSeries(
      "USD_SGD",
      articles.toSorted((a, b) => a.available_at - b.available_at),
    ),
    { start, end },
  );

describe("what is built", () => {
  it("one row for every hour, with news or without, and the view is registered", async () => {
    const articles = [silverOf(NOON - 30 * HOUR), silverOf(NOON - 90 * MINUTE)];
    await put(...articles);
    const { outcome } = await build(NOON - 20 * HOUR, NOON);
    const checks = { rows: 31, values: 31 * NEWS_FEATURES.features.length, nulls: 167 };
    expect(outcome).toEqual({ kind: "success", report: { read: 2, written: 31, checks } });
    expect(await stored()).toEqual(expected(articles, NOON - 30 * HOUR - 1, NOON));
    expect((await ports.features.view(REFERENCE.view, REFERENCE.schema_hash))?.features).toHaveLength(20);
    expect(await builtUntil()).toBe(NOON);
  });

  it("a year in slices is the same as all at once", async () => {
    const articles = Array.from({ length: 900 }, (_, i) => silverOf(NOON - 365 * DAY + i * 9.7 * HOUR));
    await put(...articles);
    const { slices, outcome } = await build(NOON - 365 * DAY, NOON);
    expect(slices).toBe(4);
    expect(outcome).toMatchObject({ kind: "success", report: { written: 365 * 24 + 1 } });
    expect(await stored()).toEqual(expected(articles, NOON - 365 * DAY - 1, NOON));
  });

  it("no row of before the first article of the store: that there was no news then is not known", async () => {
    await put(silverOf(NOON - 5 * HOUR + 1));
    await build(NOON - 100 * HOUR, NOON);
    expect((await times())[0]).toBe(NOON - 4 * HOUR);
  });

  it("without any article it is skipped, and nothing is taken for built", async () => {
    expect((await build(NOON - HOUR, NOON)).outcome).toEqual({
      kind: "skipped",
      reason: "No article has been read that was known by then.",
    });
    await put(silverOf(NOON + 1));
    expect((await build(NOON - HOUR, NOON)).outcome.kind).toBe("skipped");
    expect(await builtUntil()).toBeNull();
  });

  it("half an hour without a full hour is skipped, and the next run goes on", async () => {
    await put(silverOf(NOON - HOUR));
    await build(NOON - HOUR, NOON);
    expect((await build(NOON, NOON + HOUR / 2)).outcome).toEqual({ kind: "skipped", reason: "The window holds no full hour." });
    expect((await build(NOON + HOUR / 2, NOON + HOUR)).outcome).toMatchObject({ report: { written: 1 } });
    expect(await times()).toEqual([NOON - HOUR, NOON, NOON + HOUR]);
  });
});

describe("where a build begins", () => {
  const first = silverOf(NOON - 40 * HOUR);

  it("one hour on, one row", async () => {
    await put(first);
    await build(NOON - 40 * HOUR, NOON - HOUR);
    expect((await build(NOON - HOUR, NOON)).outcome).toMatchObject({ report: { written: 1 } });
  });

  it("after an outage where it stopped", async () => {
    await put(first);
    await build(NOON - 40 * HOUR, NOON - 20 * HOUR);
    expect((await build(NOON - HOUR, NOON)).outcome).toMatchObject({ report: { written: 20 } });
    expect(await stored()).toEqual(expected([first], first.available_at - 1, NOON));
  });

  it("an article that came late, or was read again, has every row from its knowledge time on built again, under the same key", async () => {
    await put(first);
    await build(NOON - 40 * HOUR, NOON);
    const late = silverOf(NOON - 10 * HOUR + MINUTE);
    await put(late);
    const { outcome } = await build(NOON, NOON + HOUR);
    expect(outcome).toMatchObject({ report: { written: 10 + 1 } });
    expect(await stored()).toEqual(expected([first, late], first.available_at - 1, NOON + HOUR));
    const again = { ...late, engine: "fingpt" as const, sentiment_score: -0.75 };
    await put(again);
    await build(NOON + HOUR, NOON + 2 * HOUR);
    expect(await stored()).toEqual(expected([first, again], first.available_at - 1, NOON + 2 * HOUR));
  });

  it("an article that changes during a build stays to be built", async () => {
    const old = silverOf(NOON - 200 * DAY);
    await put(old);
    const window = { start: NOON - 200 * DAY, end: NOON };
    const slice = stepContext({ window });
    const begun = await buildNewsGold.run(ports, slice);
    await slice.settle();
    expect(begun.kind).toBe("continue");
    const changed = { ...old, sentiment_score: -1 };
    await put(changed);
    const last = stepContext({ window, cursor: begun.kind === "continue" ? begun.cursor : null });
    await buildNewsGold.run(ports, last);
    await last.settle();
    expect(await builtUntil()).toBeNull();
    await build(NOON, NOON + HOUR);
    expect(await stored()).toEqual(expected([changed], old.available_at - 1, NOON + HOUR));
  });

  it("a replay of the past does not set the progress back", async () => {
    await put(first);
    await build(NOON - 40 * HOUR, NOON);
    await build(NOON - 30 * HOUR, NOON - 20 * HOUR);
    expect(await builtUntil()).toBe(NOON);
  });
});

describe("materialize_news", () => {
  it("writes the newest row known by the window's end, equal to the stored one to the bit", async () => {
    await put(silverOf(NOON - 3 * HOUR));
    await build(NOON - 3 * HOUR, NOON);
    const at = (end: Instant) => materializeNews.run(ports, stepContext({ window: { start: end - HOUR, end } }));
    expect(await at(NOON - HOUR)).toEqual({ kind: "success", report: { read: 1, written: 1 } });
    expect(await at(NOON)).toEqual({ kind: "success", report: { read: 1, written: 1 } });
    expect(await at(NOON - HOUR)).toEqual({ kind: "success", report: { read: 1, written: 0 } });
    const online = (await ports.online.read("USD_SGD"))![NEWS_FEATURES.name]!;
    expect(fromOnlineRow(online)).toEqual((await stored()).at(-1));
  });

  it("writes the market's row as well: a write of the other pipeline in the same moment may have been lost", async () => {
    const gold = goldViewOf(ports.config);
    const values = new Float64Array(gold.features.length);
    await put(silverOf(NOON - HOUR));
    await build(NOON - HOUR, NOON);
    await ports.features.write("USD_SGD", referenceOf(gold), [{ event_time: NOON, created_time: NOON, available_at: NOON, values }]);
    expect(await materializeNews.run(ports, stepContext({ window: { start: NOON - HOUR, end: NOON } }))).toMatchObject({
      report: { written: 2 },
    });
    expect((await ports.online.read("USD_SGD"))![gold.name]?.event_time).toBe(NOON);
  });

  it("skips when there is no row", async () => {
    expect(await materializeNews.run(ports, stepContext({ window: { start: NOON - HOUR, end: NOON } }))).toMatchObject({ kind: "skipped" });
  });
});
