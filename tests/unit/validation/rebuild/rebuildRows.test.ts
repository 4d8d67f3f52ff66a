import { beforeAll, describe, expect, it } from "vitest";
import { HOUR } from "../../../../shared/domain/instant.ts";
import { type CloseSeries, countUntil, indexOfStart, sliceSeries } from "../../../../shared/features/barSeries.ts";
import type { TrainingSet } from "../../../../shared/features/trainingSet.ts";
import { rebuildLabel } from "../../../../shared/validation/rebuild/rebuildLabel.ts";
import { readsOtherInstruments, rebuildMarketRow, rebuildNewsRow } from "../../../../shared/validation/rebuild/rebuildRow.ts";
import { rebuildRows, unknownFeatures } from "../../../../shared/validation/rebuild/rebuildRows.ts";
import { type Built, buildSet, leakMarket } from "../../../support/market/leakWorld.ts";

let built: Built;
beforeAll(async () => {
  const market = await leakMarket({ seed: 3, signal: 0.4, days: 70, news: true }, ["USD_SGD", "EUR_USD", "USD_JPY"]);
  built = await buildSet(market, "USD_SGD");
});

/** Rows of the middle, where there are bars and news on both sides. */
const rowsOf = (set: TrainingSet) => [0.5, 0.6, 0.7, 0.8].map((share) => Math.floor(share * set.y.length));
const column = (set: TrainingSet, name: string) => set.features[set.feature_names.indexOf(name)]!;
const withColumn = (set: TrainingSet, name: string, change: (values: Float64Array) => Float64Array): TrainingSet => ({
  ...set,
  features: set.features.map((values, index) => (set.feature_names[index] === name ? change(values) : values)),
});
const namesOf = (set: TrainingSet, rows = rowsOf(set), inputs = built.inputs) => [
  ...new Set(rebuildRows(set, rows, inputs, 1).differences.map(({ name }) => name)),
];

describe("rebuildRows", () => {
  it("finds a set as production builds it equal, in all features that have values", () => {
    const rows = rowsOf(built.set);
    const found = rebuildRows(built.set, rows, built.inputs, 1);
    expect(found).toMatchObject({ rows: 4, joined_later: 0, differences: [] });
    expect(found.equal["ret_1"]).toBe(4);
    expect(found.equal["sentiment_score"]).toBeGreaterThan(0);
    expect(unknownFeatures(built.set.feature_names, built.inputs)).toEqual([]);
  });

  it.each(["ret_1", "rsi_14", "vol_percentile_100", "usd_basket_ret_1", "sentiment_score", "article_count_24h"])(
    "names %s when it is moved by a row",
    (name) => {
      const rows = Array.from({ length: 60 }, (_, i) => 700 + i);
      const moved = withColumn(built.set, name, (values) => values.map((_, row) => values[row + 1] ?? Number.NaN));
      expect(namesOf(moved, rows)).toEqual([name]);
    },
  );

  it("names a feature that has a value where its formula gives none, and the reverse", () => {
    const [row] = rowsOf(built.set);
    const emptied = withColumn(built.set, "ret_1", (values) => values.map((value, at) => (at === row ? Number.NaN : value)));
    expect(rebuildRows(emptied, [row!], built.inputs, 1).differences).toEqual([
      { name: "ret_1", event_time: built.set.event_time[row!], stored: null, rebuilt: column(built.set, "ret_1")[row!] },
    ]);
  });

  it("takes -0 for 0, since Parquet keeps one of them", () => {
    const [row] = rowsOf(built.set);
    const zeros = built.set.feature_names.filter((name) => column(built.set, name)[row!] === 0);
    expect(zeros.length).toBeGreaterThan(0);
    const turned = zeros.reduce(
      (set, name) => withColumn(set, name, (values) => values.map((value) => (value === 0 ? -0 : value))),
      built.set,
    );
    expect(namesOf(turned, [row!])).toEqual([]);
  });

  it.each(["y", "label_end", "long_net", "short_net"] as const)("names the label's column %s", (name) => {
    const other = { ...built.set, [name]: built.set[name].map((value) => (name === "y" ? 1 - value : value + 1)) };
    expect(namesOf(other)).toContain(name);
  });

  it("names known_at when it is after the row's event time, and not at it", () => {
    const late = { ...built.set, known_at: built.set.event_time.map((time) => time + 1) };
    expect(namesOf(late)).toEqual(["known_at"]);
    const in_time = { ...built.set, known_at: built.set.event_time };
    expect(namesOf(in_time)).toEqual([]);
  });

  it("takes the row of an earlier hour for joined later, within the time to live and not behind it", () => {
    const [row] = rowsOf(built.set);
    const event_time = built.set.event_time[row!]!;
    const market = (hours: number) => rebuildMarketRow(built.inputs, event_time - hours * HOUR)!;
    const positions = new Map(built.inputs.market.features.map(({ name }, position) => [name, position]));
    const put = (hours: number): TrainingSet => ({
      ...built.set,
      features: built.set.features.map((values, index) => {
        const position = positions.get(built.set.feature_names[index]!);
        return position === undefined ? values : values.map((value, at) => (at === row ? market(hours)[position]! : value));
      }),
    });
    expect(rebuildRows(put(1), [row!], built.inputs, 1)).toMatchObject({ joined_later: 1, differences: [] });
    const ttl_hours = built.inputs.market.ttl_ms / HOUR;
    expect(rebuildRows(put(ttl_hours + 3), [row!], built.inputs, 1).differences.length).toBeGreaterThan(5);
  });

  it("asks for no news before the first article and behind the last build", () => {
    const set = withoutNews(built.set, 0, 900);
    expect(namesOf(set, [10, 100, 899])).toEqual([]);
    const hole = withoutNews(built.set, 900, 901);
    expect(namesOf(hole, [900]).length).toBeGreaterThan(3);
    const cut = withoutNews(built.set, 900, built.set.y.length);
    expect(namesOf(cut, [900, built.set.y.length - 1])).toEqual([]);
  });

  it("names every feature of the market where its bar is missing", () => {
    const [row] = rowsOf(built.set);
    const end = built.set.event_time[row!]!;
    const until = countUntil(built.inputs.series, end - 30 * HOUR);
    const series = sliceSeries(built.inputs.series, until + 40, built.inputs.series.length);
    const names = namesOf(built.set, [row!], { ...built.inputs, series });
    expect(names).toContain("ret_1");
    expect(names).toContain("y");
  });
});

function withoutNews(set: TrainingSet, from: number, to: number): TrainingSet {
  const news = new Set(built.inputs.news.features.map(({ name }) => name));
  return {
    ...set,
    features: set.features.map((values, index) =>
      news.has(set.feature_names[index]!) ? values.map((value, row) => (row >= from && row < to ? Number.NaN : value)) : values,
    ),
  };
}

describe("unknownFeatures", () => {
  it("names what no view has, and what a model of the instrument may not read", () => {
    expect(unknownFeatures(["ret_1", "oracle", "sentiment_score"], built.inputs)).toEqual(["oracle"]);
  });
});

describe("rebuildMarketRow", () => {
  it("is null without a bar that ends then", () => {
    const { series } = built.inputs;
    expect(rebuildMarketRow(built.inputs, series.start[700]! + HOUR)).not.toBeNull();
    expect(rebuildMarketRow(built.inputs, series.start[700]! + HOUR + 1)).toBeNull();
    expect(rebuildMarketRow(built.inputs, series.start[0]!)).toBeNull();
  });

  it("gives the first bar of all a row, of what little there is", () => {
    expect(rebuildMarketRow(built.inputs, built.inputs.series.start[0]! + HOUR)).not.toBeNull();
  });

  it("is the same when no later bar of any instrument exists", () => {
    const at = 800;
    const { series, legs } = built.inputs;
    const end = series.start[at]! + HOUR;
    const cut = <Bars extends CloseSeries>(bars: Bars) => sliceSeries(bars, 0, countUntil(bars, series.start[at]!));
    const past = { ...built.inputs, series: cut(series), legs: new Map([...legs].map(([leg, bars]) => [leg, cut(bars)])) };
    expect(rebuildMarketRow(past, end)).toEqual(rebuildMarketRow(built.inputs, end));
  });
});

describe("readsOtherInstruments", () => {
  it.each([
    ["usd_basket_ret_1", true],
    ["ret_1", false],
    ["oracle", false],
  ])("%s: %s", (feature, expected) => {
    expect(readsOtherInstruments(built.inputs, feature)).toBe(expected);
  });
});

describe("rebuildNewsRow", () => {
  it("counts an article from the moment on at which it was known", () => {
    const { articles, news } = built.inputs;
    const count = news.features.findIndex(({ name }) => name === "article_count_24h");
    const [known] = articles.slice(Math.floor(articles.length / 2));
    const at = known!.available_at;
    const only = { ...built.inputs, articles: [known!] };
    expect([at - 1, at, at + 24 * HOUR - 1].map((time) => rebuildNewsRow(only, time)[count])).toEqual([0, 1, 1]);
  });
});

describe("rebuildLabel", () => {
  const labelAt = (row: number, label_end = built.set.label_end[row]!) =>
    rebuildLabel(built.inputs.series, built.set.event_time[row]!, label_end, 1);

  it("is the set's own", () => {
    for (const row of rowsOf(built.set)) {
      const { y, label_end, long_net, short_net } = built.set;
      expect(labelAt(row)).toEqual({ y: y[row], label_end: label_end[row], long_net: long_net[row], short_net: short_net[row] });
    }
  });

  it("is the set's own in a series that begins with the row's bar", () => {
    const [row] = rowsOf(built.set);
    const { series } = built.inputs;
    const own = sliceSeries(series, indexOfStart(series, built.set.event_time[row!]! - HOUR), series.length);
    expect(rebuildLabel(own, built.set.event_time[row!]!, built.set.label_end[row!]!, 1)).toEqual(labelAt(row!));
    expect(labelAt(row!).y).not.toBeNaN();
  });

  it("is undecided a millisecond before the deciding bar has ended, and without the row's own bar", () => {
    const [row] = rowsOf(built.set);
    expect(labelAt(row!, built.set.label_end[row!]! - 1).y).toBeNaN();
    const { series } = built.inputs;
    const at = indexOfStart(series, built.set.event_time[row!]! - HOUR);
    const later = sliceSeries(series, at + 1, series.length);
    expect(Object.values(rebuildLabel(later, built.set.event_time[row!]!, built.set.label_end[row!]!, 1)).every(Number.isNaN)).toBe(true);
  });
});
