import { describe, expect, it } from "vitest";
import { HOUR } from "../../../../shared/domain/instant.ts";
import { defineNewsFeature, laggedNews } from "../../../../shared/features/news/defineNewsFeature.ts";
import { toNewsSeries } from "../../../../shared/features/news/newsSeries.ts";
import { createNewsWindow } from "../../../../shared/features/news/newsWindow.ts";
import { weightedMean, weightedShare } from "../../../../shared/features/news/weightedMean.ts";
import { currencyView, silverOf } from "../../../support/news/scoredNews.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
/** Articles of full weight on the base, so many hours before noon. */
const HOURS_AGO = [40, 30, 10, 5, 1];
const series = toNewsSeries(
  "USD_SGD",
  HOURS_AGO.map((hours) => silverOf(NOON - hours * HOUR, { confidence: 1, currencies: [currencyView("USD", 0.5, 1)] })),
);
const window = createNewsWindow(series, NOON, 36);
const agesOf = ({ available_at }: { available_at: Float64Array }) => [...available_at].map((at) => (NOON - at) / HOUR);
const weightsOf = (hours: readonly number[]) => hours.map((age) => expect.closeTo(Math.exp(-age / 24), 12));

describe("a window of news", () => {
  it("holds what became known in its hours, each with the weight of its age", () => {
    expect(agesOf(window)).toEqual([30, 10, 5, 1]);
    expect([...window.weights]).toEqual(weightsOf([30, 10, 5, 1]));
  });

  it.each([
    [36, [30, 10, 5, 1]],
    [48, [30, 10, 5, 1]],
    [10, [5, 1]],
    [6, [5, 1]],
    [1, []],
  ])("within %i hours has the weights of those articles", (hours, ages) => {
    const within = window.within(hours);
    expect(agesOf(within)).toEqual(ages);
    expect([...within.weights]).toEqual(weightsOf(ages));
    expect([...within.within(6).weights]).toEqual(weightsOf(ages.filter((age) => age < 6)));
  });

  it("some hours earlier reaches no further back than it did, and knows nothing of what came since", () => {
    const earlier = window.lag(4);
    expect(agesOf(earlier)).toEqual([30, 10, 5]);
    expect([...earlier.weights]).toEqual(weightsOf([26, 6, 1]));
    expect([earlier.event_time, earlier.hours]).toEqual([NOON - 4 * HOUR, 32]);
  });

  it.each([36, 37])("of 36 hours cannot go back %i", (hours) => {
    expect(() => window.lag(hours)).toThrow(`cannot go back ${hours} hours`);
  });
});

describe("a feature of news", () => {
  const featureOf = (value: number | null) =>
    defineNewsFeature({ name: "x", version: 1, unit: "signed_score", lookback_hours: 24, description: "x", compute: () => value });

  it.each([
    [0.5, 0.5],
    [0, 0],
    [null, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
  ])("that comes to %s is %s", (value, expected) => {
    expect(featureOf(value).compute(window)).toBe(expected);
  });

  it("says of its lag how old it is", () => {
    expect([1, 2].map((hours) => laggedNews(featureOf(0), hours).description)).toEqual(["x of 1 hour earlier.", "x of 2 hours earlier."]);
  });
});

describe("what has no weight", () => {
  it.each([
    ["no articles", [], []],
    ["articles of weight 0", [1, -1], [0, 0]],
  ])("%s: has neither mean nor share", (_what, values, weights) => {
    const [all, by] = [Float64Array.from(values), Float64Array.from(weights)];
    expect(weightedMean(all, by)).toBeNull();
    expect(weightedShare(all, by, () => true)).toBeNull();
  });

  it("is nothing to the others", () => {
    expect(weightedMean(Float64Array.of(1, Number.NaN, 3), Float64Array.of(1, 5, 3))).toBe(2.5);
    expect(weightedShare(Float64Array.of(1, -1, 0), Float64Array.of(1, 2, 1), (value) => value > 0)).toBe(0.25);
  });
});
