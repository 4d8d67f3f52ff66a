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

  it("says nothing of a single day", () => {
    expect(dayInterval([1, 2, 3], [5, 5, 5])).toBeNull();
  });
});
