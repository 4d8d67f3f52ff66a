import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { dayInterval, tradingDayOf } from "../../audit/dayInterval.ts";

describe("tradingDayOf", () => {
  it("begins a day at 22:00 UTC, with Sunday's evening in Monday's", () => {
    const sunday = Date.UTC(2024, 5, 2, 22);
    expect(tradingDayOf(sunday)).toBe(tradingDayOf(Date.UTC(2024, 5, 3, 12)));
    expect(tradingDayOf(sunday - HOUR)).toBe(tradingDayOf(sunday) - 1);
  });
});

describe("dayInterval", () => {
  it("is as wide for a row that is there twenty times a day as for the days alone", () => {
    const random = createRandom(7);
    const ofDay = Array.from({ length: 250 }, () => random() - 0.5);
    const days = Array.from(ofDay.keys());
    const often = days.flatMap((day) => Array<number>(20).fill(day));
    const alone = dayInterval(ofDay, days)!;
    const repeated = dayInterval(
      often.map((day) => ofDay[day]!),
      often,
    )!;
    expect(repeated.estimate).toBeCloseTo(alone.estimate, 12);
    expect(repeated.high - repeated.low).toBeCloseTo(alone.high - alone.low, 12);
  });

  it("is wider where days go on as they were", () => {
    const random = createRandom(8);
    const independent = Array.from({ length: 260 }, () => random() - 0.5);
    const weekly = independent.map((_, day) => independent[day - (day % 5)]!);
    const width = (values: readonly number[]) => {
      const { low, high } = dayInterval(values, Array.from(values.keys()))!;
      return high - low;
    };
    expect(width(weekly)).toBeGreaterThan(1.5 * width(independent));
  });

  it.each([
    ["days of their own", 0, 0.93],
    ["days that go on alike for a week", 5, 0.91],
    ["days that go on alike for a month", 20, 0.87],
  ])("of a year of %s holds the truth nearly as often as it says", (_what, alike, at_least) => {
    const random = createRandom(11);
    const noise = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const years = Array.from({ length: 1_000 }, () => {
      let common = 0;
      const values = Array.from({ length: 260 }, (_, day) => {
        if (alike > 0 && day % alike === 0) common = noise();
        return noise() + common;
      });
      const { low, high } = dayInterval(values, Array.from(values.keys()))!;
      return low <= 0 && high >= 0;
    });
    const share = years.filter((holds) => holds).length / years.length;
    expect(share).toBeGreaterThan(at_least);
    expect(share).toBeLessThan(0.97);
  });

  it("says nothing of a single day", () => {
    expect(dayInterval([1, 2, 3], [5, 5, 5])).toBeNull();
  });
});
