import { describe, expect, it } from "vitest";
import { chartMoment, chartSeconds, chartTick } from "../../../../dashboards/web/src/charts/chartSeconds.ts";
import { spansOf } from "../../../../dashboards/web/src/charts/spansOf.ts";
import { candleTimes } from "../../../../dashboards/web/src/pages/market/candleTimes.ts";
import { layerKnown, whyUnknown } from "../../../../dashboards/web/src/pages/market/layerKnown.ts";
import { candleMarks, outcomeBars, sessionBands } from "../../../../dashboards/web/src/pages/market/marks.ts";
import { newsAtCandles, newsOfPair } from "../../../../dashboards/web/src/pages/market/newsOfPair.ts";
import { outsideCandles } from "../../../../dashboards/web/src/pages/market/outsideCandles.ts";
import { placeAmong } from "../../../../dashboards/web/src/pages/market/placeAmong.ts";
import {
  balanceAt,
  directionAt,
  isAhead,
  predictionsAtCandles,
  thinned,
} from "../../../../dashboards/web/src/pages/market/predictionsAtCandles.ts";
import { askedWithin, predictionsOfSpan } from "../../../../dashboards/web/src/pages/market/predictionsOfSpan.ts";
import { boundedSpan, momentAt, movedSpan, spanOf } from "../../../../dashboards/web/src/pages/market/span.ts";
import { netOf, type PaperTrade, tradesAtCandles } from "../../../../dashboards/web/src/pages/market/tradesAtCandles.ts";
import type { NewsArticleView } from "../../../../shared/contracts/news.ts";
import type { PredictionSummaryView } from "../../../../shared/contracts/predictions.ts";
import { DAY, HOUR } from "../../../../shared/domain/instant.ts";

const MONDAY = Date.parse("2026-03-02T00:00:00Z");
/** Hourly candles: four, a gap of two hours, and two more. */
const starts = [0, 1, 2, 3, 6, 7].map((hour) => MONDAY + hour * HOUR);
const times = { starts, ends: starts.map((start) => start + HOUR) };

function prediction(hour: number, share: number, was_right: boolean | null | "open" = "open"): PredictionSummaryView {
  const start = new Date(MONDAY + hour * HOUR).toISOString();
  return {
    ...{ prediction_id: `p${hour}`, instrument: "EUR_USD", source: "pipeline", prediction: share, model_version: "m/1", as_of: null },
    direction: share >= 0.5 ? "bullish" : "bearish",
    ...{ requested_at: start, event_time: start, target_start: start, target_end: new Date(MONDAY + (hour + 1) * HOUR).toISOString() },
    outcome:
      was_right === "open"
        ? null
        : { ...{ realized_direction: "bullish", return_bp: 1, was_right, source: "bars", by_bars: "bullish", known_at: start } },
  };
}

describe("chartSeconds", () => {
  it("writes moments as the clock of a zone has them, on either side of a change of it", () => {
    const [winter, summer] = [Date.parse("2026-03-06T20:00:00Z"), Date.parse("2026-03-09T20:00:00Z")];
    expect(chartSeconds([winter, summer], "America/New_York").map(chartMoment)).toEqual(["2026-03-06 15:00", "2026-03-09 16:00"]);
    expect(chartSeconds([winter], "Asia/Singapore").map(chartMoment)).toEqual(["2026-03-07 04:00"]);
    expect(chartSeconds([winter], "UTC")).toEqual([winter / 1_000]);
  });

  it("refuses what does not ascend, of which the library says nothing", () => {
    const hours = [5, 6].map((hour) => Date.parse(`2026-11-01T0${hour}:30:00Z`));
    expect(() => chartSeconds(hours, "America/New_York")).toThrow(
      "The candles cannot be drawn in the time of America/New_York: 2026-11-01T06:30:00.000Z does not come after 2026-11-01T05:30:00.000Z. Choose UTC.",
    );
    expect(() => chartSeconds([MONDAY + HOUR, MONDAY], "UTC")).toThrow("does not come after");
    expect(() => chartSeconds([MONDAY, Number.NaN], "UTC")).toThrow("NaN does not come after");
  });

  it("names the marks of the axis", () => {
    const seconds = Date.parse("2026-01-05T07:00:00Z") / 1_000;
    expect([0, 1, 2, 3].map((kind) => chartTick(seconds, kind))).toEqual(["2026", "2026-01", "01-05", "07:00"]);
  });
});

describe("the span", () => {
  const newest = MONDAY + 12 * HOUR;

  it("is a range before the newest bar, or what the address says", () => {
    expect(spanOf({ from: null, to: null }, "day", newest)).toEqual({ from: newest - DAY, to: newest });
    expect(spanOf({ from: MONDAY - DAY, to: MONDAY }, "year", newest)).toEqual({ from: MONDAY - DAY, to: MONDAY });
    expect(spanOf({ from: MONDAY - DAY, to: null }, "year", newest)).toEqual({ from: MONDAY - DAY, to: newest });
    expect(spanOf({ from: null, to: MONDAY }, "week", newest)).toEqual({ from: MONDAY - 7 * DAY, to: MONDAY });
    expect(spanOf({ from: MONDAY, to: MONDAY }, "week", newest)).toBeNull();
  });

  it("has whole hours, six of them at least, and no more than one answer spans", () => {
    expect(boundedSpan({ from: MONDAY + 1, to: MONDAY + HOUR + 1 })).toEqual({ from: MONDAY - 4 * HOUR, to: MONDAY + 2 * HOUR });
    const long = boundedSpan({ from: MONDAY - 9_999 * DAY, to: MONDAY });
    expect(long).toEqual({ from: MONDAY - 3_660 * DAY, to: MONDAY });
  });

  it("moves by its length and grows around its middle", () => {
    const day = { from: MONDAY, to: MONDAY + DAY };
    expect(movedSpan(day, { by: -0.5 })).toEqual({ from: MONDAY - DAY / 2, to: MONDAY + DAY / 2 });
    expect(movedSpan(day, { times: 2 })).toEqual({ from: MONDAY - DAY / 2, to: MONDAY + 1.5 * DAY });
  });

  it("knows what moment a place among candles is, over a gap and beyond the ends", () => {
    expect(momentAt(1.5, starts, HOUR)).toBe(MONDAY + 1.5 * HOUR);
    expect(momentAt(3.5, starts, HOUR)).toBe(MONDAY + 4.5 * HOUR);
    expect(momentAt(-2, starts, HOUR)).toBe(MONDAY - 2 * HOUR);
    expect(momentAt(6, starts, HOUR)).toBe(MONDAY + 8 * HOUR);
  });
});

describe("placeAmong", () => {
  it("finds the candle of a moment, the next one for a gap, and none for what is behind the end of the last", () => {
    const place = (hour: number) => placeAmong(times, MONDAY + hour * HOUR);
    expect([0, 0.9, 1, 3.5, 4, 5.9, 6, 7.5, 8, 30].map(place)).toEqual([0, 0, 1, 3, 4, 4, 4, 5, null, null]);
    expect(place(-0.1)).toBeNull();
    expect(placeAmong({ starts: [], ends: [] }, MONDAY)).toBeNull();
  });
});

describe("what lies outside the candles", () => {
  it("is before the first or after the end of the last, and nowhere while there are none", () => {
    const shown = starts.map((start, at) => ({ start: new Date(start).toISOString(), end: new Date(times.ends[at]!).toISOString() }));
    expect(candleTimes(shown)).toEqual(times);
    const where = (hour: number) => outsideCandles(times, MONDAY + hour * HOUR);
    expect([-0.1, 0, 4.5, 7.9, 8].map(where)).toEqual(["before the first candle", null, null, null, "after the last candle"]);
    expect(outsideCandles({ starts: [], ends: [] }, MONDAY)).toBeNull();
  });

  it("has no news hung on a candle that could not know it", () => {
    const told = newsAtCandles(times, newsOfPair([article("in it", 7.9), article("after it", 8.5)], "EUR_USD"));
    expect([...told].map(([index, news]) => [index, news.map((one) => one.article.title)])).toEqual([[5, ["in it"]]]);
  });
});

describe("what is known of a layer", () => {
  const data = { predictions: [] };
  const answer = { data, error: null, is_former: false };
  const of = (given: Parameters<typeof layerKnown>[0], since: number | null = null) => layerKnown(given, { off: "not shown", since });

  it("is nothing while it is off, not read, of another span, or failed: then nothing seen is not said to be nothing", () => {
    const failed = { data: undefined, error: new Error("away") as never, is_former: false };
    const cases = [null, { ...answer, data: undefined }, { ...answer, is_former: true }, failed];
    expect(cases.map((one) => whyUnknown(of(one), MONDAY))).toEqual(["not shown", "not read yet", "not read yet", "could not be read"]);
  });

  it("is all of the span, or what came since the oldest that was read", () => {
    expect(whyUnknown(of(answer), MONDAY)).toBeNull();
    const since = of(answer, MONDAY + 2 * HOUR);
    expect([1, 2, 3].map((hour) => whyUnknown(since, MONDAY + hour * HOUR))).toEqual(["not read so far back", null, null]);
    // A refresh that failed leaves what was read before.
    expect(whyUnknown(of({ ...answer, error: new Error("away") as never }), MONDAY)).toBeNull();
  });
});

describe("predictions of a span", () => {
  const span = { from: MONDAY, to: MONDAY + 8 * HOUR };

  it("are asked for from before a weekend on, and are those about its time", () => {
    expect(askedWithin(span)).toEqual({ from: MONDAY - 4 * DAY, to: MONDAY + 9 * HOUR });
    const friday = { ...prediction(0, 0.6), requested_at: new Date(MONDAY - 2 * DAY).toISOString() };
    const found = predictionsOfSpan([prediction(1, 0.6), friday, prediction(-49, 0.6)], span, true);
    expect(found).toEqual({ predictions: [prediction(1, 0.6), friday], complete_since: null });
  });

  it("are complete since the oldest that was read, where there are older ones", () => {
    const all = [prediction(5, 0.6), prediction(4, 0.6)];
    expect(predictionsOfSpan(all, span, false).complete_since).toBe(MONDAY + 4 * HOUR);
    expect(predictionsOfSpan(all, span, true).complete_since).toBeNull();
    expect(predictionsOfSpan([...all, prediction(-1, 0.6)], span, false).complete_since).toBeNull();
    expect(predictionsOfSpan([], span, true)).toEqual({ predictions: [], complete_since: null });
  });

  it("are ahead where no candle of theirs is stored, and not where the view ends before it", () => {
    const behind_view = prediction(9, 0.6, true);
    expect(predictionsAtCandles(times, [behind_view])).toEqual([]);
    expect([8, 9, 10].map((hour) => isAhead(behind_view, MONDAY + hour * HOUR))).toEqual([true, true, false]);
  });
});

describe("predictions at candles", () => {
  it("stand at the hour that they are about, and several of one candle are counted", () => {
    const four_hours = { starts: [MONDAY, MONDAY + 4 * HOUR], ends: [MONDAY + 4 * HOUR, MONDAY + 8 * HOUR] };
    const found = predictionsAtCandles(four_hours, [
      prediction(8, 0.9),
      ...[prediction(7, 0.52), prediction(3, 0.4, true), prediction(2, 0.6, false), prediction(1, 0.45, true), prediction(0, 0.5, null)],
      prediction(-1, 0.9, true),
    ]);
    expect(found.map(({ predictions, surest, ...counts }) => ({ ...counts, surest: surest.prediction, of: predictions.length }))).toEqual([
      { index: 0, bullish: 2, bearish: 2, right: 2, wrong: 1, flat: 1, open: 0, surest: 0.4, of: 4 },
      { index: 1, bullish: 1, bearish: 0, right: 0, wrong: 0, flat: 0, open: 1, surest: 0.52, of: 1 },
    ]);
    // As many either way: the surest decides.
    expect(found.map(directionAt)).toEqual(["bearish", "bullish"]);
    expect(found.map(balanceAt)).toEqual([1 / 3, null]);
    expect(outcomeBars(found)).toEqual([{ index: 0, value: 1 / 3 }]);
  });

  it("are thinned to the surest of neighbours, without a sign that another one's place decides", () => {
    const all = predictionsAtCandles(
      times,
      [0.51, 0.6, 0.45, 0.48].map((share, hour) => prediction(hour, share, hour % 2 === 0)),
    );
    expect(thinned(all, 1)).toHaveLength(4);
    expect(thinned(all, 2).map(({ index }) => index)).toEqual([1, 2]);
    expect(thinned(all, 10).map(({ index }) => index)).toEqual([1]);
  });

  it("are arrows whose sign says right or wrong, beside dots of news, in the order of time", () => {
    const predicted = predictionsAtCandles(times, [prediction(0, 0.6, true), prediction(1, 0.4, false), prediction(7, 0.6)]);
    const told = newsAtCandles(times, newsOfPair([article("a", 0.5), article("b", 0.6), article("c", 6.1)], "EUR_USD"));
    const traded = tradesAtCandles(times, [trade(1, "short", -1.5), trade(6, "long", null)]);
    expect(candleMarks(predicted, told, traded, 20)).toEqual([
      { index: 0, at: "below", shape: "arrow_up", colour: "good", text: "✓" },
      { index: 0, at: "foot", shape: "circle", colour: "series-4", text: "2" },
      { index: 1, at: "above", shape: "arrow_down", colour: "bad", text: "✕" },
      { index: 1, at: "inside", shape: "square", colour: "bad", text: "S−" },
      { index: 4, at: "foot", shape: "circle", colour: "series-4" },
      { index: 4, at: "inside", shape: "square", colour: "quiet", text: "L" },
      { index: 5, at: "below", shape: "arrow_up", colour: "quiet" },
    ]);
    expect(candleMarks(predicted, told, traded, 10).some(({ text }) => text !== undefined)).toBe(false);
  });
});

function trade(hour: number, side: "long" | "short", net_bp: number | null): PaperTrade {
  const entered = MONDAY + hour * HOUR;
  return {
    ...{ side, net_bp, gross_bp: net_bp, total_net_bp: 0, total_gross_bp: 0, prediction: 0.6, model_version: "m/1" },
    ...{ entered_at: new Date(entered).toISOString(), left_at: new Date(entered + HOUR).toISOString() },
  };
}

describe("paper trades", () => {
  it("are counted by the candle that they were entered in, and summed after the spread", () => {
    const four_hours = { starts: [MONDAY], ends: [MONDAY + 4 * HOUR] };
    const trades = [trade(0, "long", 2), trade(1, "short", -3.5), trade(2, "long", null)];
    expect(tradesAtCandles(four_hours, trades)).toEqual([{ index: 0, longs: 2, shorts: 1, net_bp: -1.5 }]);
    expect(netOf([trade(0, "long", null)])).toBeNull();
  });
});

function article(article_id: string, hour: number, currencies = [{ currency: "EUR", mentions: 1, relevance: 1, direction: 0.5 }]) {
  const reading = { duplicate_of: null, currencies };
  return {
    article_id,
    title: article_id,
    available_at: new Date(MONDAY + hour * HOUR).toISOString(),
    reading,
  } as unknown as NewsArticleView;
}

describe("news of a pair", () => {
  it("is about a currency of it, says nothing twice, and pulls the base up and the quote down", () => {
    const of = (currency: string, direction: number) => ({ currency, mentions: 1, relevance: 1, direction });
    const twice = article("twice", 1);
    const again = { ...twice, reading: { ...twice.reading!, duplicate_of: "first" } };
    const unread = { ...twice, reading: null };
    const found = newsOfPair(
      [
        article("both", 1, [of("EUR", 0.5), of("USD", -0.25)]),
        article("quote", 1, [of("USD", 0.5)]),
        article("yen", 1, [of("JPY", 1)]),
        again,
        unread,
      ],
      "EUR_USD",
    );
    expect(found.map(({ article: { title }, pull }) => [title, pull])).toEqual([
      ["both", 0.75],
      ["quote", -0.5],
    ]);
  });
});

describe("sessions", () => {
  it("are shaded as long as they last, and not where none is at work", () => {
    expect(spansOf(["a", "a", null, "a", "b"])).toEqual([
      { first: 0, last: 1, name: "a" },
      { first: 3, last: 3, name: "a" },
      { first: 4, last: 4, name: "b" },
    ]);
    expect(sessionBands(["asia", "asia", "quiet", null, "new_york"]).map(({ first, last, letters }) => [first, last, letters])).toEqual([
      [0, 1, "Asia"],
      [4, 4, "NY"],
    ]);
  });
});
