import { describe, expect, it } from "vitest";
import { HOUR, type Instant } from "../../../shared/domain/instant.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { buildRows } from "../../../shared/features/buildRows.ts";
import { modelFeatureNames } from "../../../shared/features/modelFeatures.ts";
import { buildNewsRows } from "../../../shared/features/news/buildNewsRows.ts";
import { toNewsSeries } from "../../../shared/features/news/newsSeries.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { fromOnlineRow, toOnlineRow } from "../../../shared/features/onlineRow.ts";
import { marketFeatures } from "../../../shared/features/registry.ts";
import { assembleTrainingSet, type TrainingSetInput, type ViewRows } from "../../../shared/features/trainingSet.ts";
import type { SilverArticle } from "../../../shared/news/silverArticle.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";
import { walkUntil } from "../../support/market/candleLines.ts";
import { currencyView, silverOf } from "../../support/news/scoredNews.ts";

/** A Wednesday; 60 bars reach back over no weekend, 100 over one. */
const NOON = Date.UTC(2025, 5, 25, 12);
const VIEW = marketFeatures(["USD_SGD", "EUR_USD"]);
const BARS = walkUntil("USD_SGD", NOON, 100, 5);
const SERIES = toBarSeries(BARS);
const ROWS = buildRows(VIEW, "USD_SGD", SERIES, new Map(), { start: 0, end: NOON });

interface Change extends Partial<TrainingSetInput> {
  /** Of the market, in place of ROWS. */
  readonly rows?: readonly FeatureRow[];
  readonly news?: ViewRows;
}
const assemble = ({ rows = ROWS, news, ...change }: Change = {}) => {
  const views = [{ view: VIEW, rows }, ...(news ? [news] : [])];
  return assembleTrainingSet({ instrument: "USD_SGD", bars: SERIES, views, horizon_bars: 1, as_of: NOON, ...change });
};

describe("assembleTrainingSet", () => {
  it("has a row for each bar whose label is decided, with the features known at the bar's end", () => {
    const set = assemble();
    expect(Array.from(set.event_time)).toEqual(BARS.slice(0, -1).map((bar) => bar.start + HOUR));
    expect(set.feature_names).toEqual(modelFeatureNames(VIEW, "USD_SGD"));
    const [row, name] = [50, "ret_1"];
    expect(set.features[set.feature_names.indexOf(name)]![row]).toBe(Math.log(BARS[row]!.mid.c / BARS[row - 1]!.mid.c));
    expect(set.y[row]).toBe(BARS[row + 1]!.mid.c > BARS[row]!.mid.c ? 1 : 0);
  });

  it.each([
    ["at the label's end it is in", 0, 1],
    ["a millisecond before, it is not", -1, 0],
  ])("%s", (_name, offset_ms, more) => {
    const decided_at = BARS[60]!.start + HOUR;
    const set = assemble({ as_of: decided_at + offset_ms });
    expect(set.y.length).toBe(59 + more);
    expect(Math.max(...set.label_end)).toBeLessThanOrEqual(decided_at + offset_ms);
  });

  it("across a weekend the label is decided by Sunday's first bar", () => {
    const set = assemble();
    const gaps = Array.from(set.label_end, (end, row) => (end - set.event_time[row]!) / HOUR);
    expect([...new Set(gaps)].sort((a, b) => a - b)).toEqual([1, 49]);
  });

  it("a row that became known after its bar's end is not joined to that bar, but to a later one within the TTL", () => {
    const late_ms = (row: (typeof ROWS)[number]) => (row.event_time === ROWS[60]!.event_time ? 1 : 0);
    const set = assemble({ rows: ROWS.map((row) => ({ ...row, available_at: row.available_at + late_ms(row) })) });
    const column = set.features[set.feature_names.indexOf("ret_1")]!;
    const position = VIEW.features.findIndex((feature) => feature.name === "ret_1");
    expect(column[60]).toBe(ROWS[59]!.values[position]);
    expect(column[61]).toBe(ROWS[61]!.values[position]);
  });

  it("leaves out a tie, a bar whose next is missing, and a bar without features", () => {
    const without = (start: Instant) => BARS.filter((bar) => bar.start !== start);
    const missing = without(BARS[71]!.start);
    expect(assemble({ bars: toBarSeries(missing) }).y.length).toBe(99 - 2);
    const tie = BARS.map((bar, i) => (i === 31 ? { ...bar, mid: { ...bar.mid, c: BARS[30]!.mid.c } } : bar));
    expect(Array.from(assemble({ bars: toBarSeries(tie) }).event_time)).not.toContain(BARS[30]!.start + HOUR);
    expect(assemble({ rows: ROWS.slice(0, 50) }).y.length).toBe(50 + 2); // the TTL of two hours carries the last row on
    expect(assemble({ rows: [] }).y.length).toBe(0);
  });

  it("has NaN where a feature or a traded price is missing, never a number in its place", () => {
    const set = assemble();
    expect(set.features[set.feature_names.indexOf("vol_percentile_100")]![10]).toBeNaN();
    const mid_only = toBarSeries(BARS.map((bar) => ({ ...bar, bid: null, ask: null })));
    expect(assemble({ bars: mid_only }).long_net.every(Number.isNaN)).toBe(true);
    expect(set.long_net[20]).toBeCloseTo(Math.log(BARS[21]!.bid!.c / BARS[21]!.ask!.o), 12);
  });
});

describe("with news", () => {
  const NEWS_FROM = BARS[30]!.start + HOUR;
  const article = (available_at: Instant) => silverOf(available_at, { currencies: [currencyView("USD", 0.5)] });
  const newsRows = (articles: readonly SilverArticle[], start = NEWS_FROM) =>
    buildNewsRows(NEWS_FEATURES, toNewsSeries("USD_SGD", articles), { start: start - 1, end: NOON });
  const withNews = (rows: readonly FeatureRow[]) => assemble({ news: { view: NEWS_FEATURES, rows } });
  const column = (set: ReturnType<typeof assemble>, name: string) => set.features[set.feature_names.indexOf(name)]!;

  it("has its columns behind the market's, joined at each bar's end", () => {
    const set = withNews(newsRows([article(NEWS_FROM + 5)]));
    expect(set.feature_names.slice(0, modelFeatureNames(VIEW, "USD_SGD").length)).toEqual(modelFeatureNames(VIEW, "USD_SGD"));
    expect(set.feature_names).toContain("pair_directional_signal");
    const counts = column(set, "article_count_24h");
    const at = (event_time: Instant) => counts[Array.from(set.event_time).indexOf(event_time)];
    expect([at(NEWS_FROM), at(NEWS_FROM + HOUR)]).toEqual([0, 1]);
    expect(at(NEWS_FROM - HOUR)).toBeNaN(); // before the first row nothing is known, not even that there was no news
  });

  it.each([
    ["there is no row of it", []],
    ["no row of it has an article", newsRows([])],
    ["its rows lie behind the bars", newsRows([article(NOON)], NOON)],
  ])("is what it was without news when %s", (_name, rows) => {
    expect(withNews(rows)).toEqual(assemble());
  });

  it("leaves out a column that has no value at all, and no other", () => {
    const names = withNews(newsRows([article(NEWS_FROM + 5)])).feature_names;
    expect(names).not.toContain("market_coherence"); // no article was read with a market
    expect(names).toContain("sentiment_score");
  });

  it("of a view that counts no articles is there as soon as a row has a value", () => {
    const kept = NEWS_FEATURES.features.flatMap(({ unit }, index) => (unit === "articles" ? [] : [index]));
    const view = { ...NEWS_FEATURES, features: kept.map((index) => NEWS_FEATURES.features[index]!) };
    const rows = newsRows([article(NEWS_FROM + 5)]).map((row) => ({
      ...row,
      values: Float64Array.from(kept, (index) => row.values[index]!),
    }));
    expect(assemble({ news: { view, rows } }).feature_names).toContain("sentiment_score");
    const silent = rows.map((row) => ({ ...row, values: row.values.map(() => Number.NaN) }));
    expect(assemble({ news: { view, rows: silent } })).toEqual(assemble());
  });

  it("a row of news counts for six hours of the clock, weekend or not", () => {
    const [first] = newsRows([article(NEWS_FROM - 1)]);
    const set = withNews([first!]);
    const joined = Array.from(set.event_time).filter((_time, row) => !Number.isNaN(column(set, "article_count_24h")[row]!));
    expect([joined[0], joined.at(-1)]).toEqual([NEWS_FROM, NEWS_FROM + 6 * HOUR]);
  });

  it("a row of news that became known late is not joined before, and known_at says when the last feature was known", () => {
    const late = newsRows([article(NEWS_FROM + 5)]).map((row) => ({ ...row, available_at: row.available_at + 1 }));
    const set = withNews(late);
    expect(Array.from(set.known_at).every((known, row) => known <= set.event_time[row]!)).toBe(true);
    const counts = column(set, "article_count_24h");
    const row = Array.from(set.event_time).indexOf(NEWS_FROM + HOUR);
    expect([counts[row], counts[row + 1]]).toEqual([0, 1]);
    expect(set.known_at[row + 1]).toBe(NEWS_FROM + 2 * HOUR);
  });

  it("known_at is the later of the two, also where the news came after an older row of the market", () => {
    const hour = BARS[60]!.start + HOUR;
    const rows = ROWS.filter(({ event_time }) => event_time !== hour);
    const set = assemble({ rows, news: { view: NEWS_FEATURES, rows: newsRows([article(NEWS_FROM + 5)]) } });
    const row = Array.from(set.event_time).indexOf(hour);
    expect(set.features[set.feature_names.indexOf("ret_1")]![row]).toBe(
      ROWS[59]!.values[VIEW.features.findIndex(({ name }) => name === "ret_1")],
    );
    expect(set.known_at[row]).toBe(hour);
    const without = assemble({ rows });
    expect(without.known_at[Array.from(without.event_time).indexOf(hour)]).toBe(hour - HOUR);
  });

  it("two views with a feature of one name are refused: a model could not tell them apart", () => {
    const twin = { ...NEWS_FEATURES, features: [{ ...NEWS_FEATURES.features[0]!, name: "ret_1" }, ...NEWS_FEATURES.features.slice(1)] };
    const rows = newsRows([article(NEWS_FROM + 5)]);
    expect(() => assemble({ news: { view: twin, rows } })).toThrow(/Two views have a feature "ret_1"/);
  });
});

describe("online rows", () => {
  it("survive JSON with NaN as null", () => {
    const row = ROWS[5]!;
    const online = toOnlineRow(row, "hash");
    expect(online.values.filter((value) => value === null).length).toBe(row.values.filter(Number.isNaN).length);
    expect(fromOnlineRow(JSON.parse(JSON.stringify(online)))).toEqual(row);
  });
});
