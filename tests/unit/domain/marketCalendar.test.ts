import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, requireInstant, WEEK } from "../../../shared/domain/instant.ts";
import {
  isClosedFor,
  isHoliday,
  isMarketOpen,
  isWeekend,
  nextMarketOpen,
  openMarketMs,
  weekClose,
} from "../../../shared/domain/marketCalendar.ts";

const at = (text: string) => requireInstant(text, "time");

describe("isWeekend", () => {
  it.each([
    ["2025-06-27T20:59:59.999Z", false, "Friday before 17:00 New York, summer"],
    ["2025-06-27T21:00:00Z", true, "Friday 17:00, summer"],
    ["2025-06-28T12:00:00Z", true, "Saturday"],
    ["2025-06-29T20:59:59.999Z", true, "Sunday before 17:00, summer"],
    ["2025-06-29T21:00:00Z", false, "Sunday 17:00, summer"],
    ["2025-01-10T21:59:59.999Z", false, "Friday before 17:00, winter"],
    ["2025-01-10T22:00:00Z", true, "Friday 17:00, winter"],
    ["2025-01-12T22:00:00Z", false, "Sunday 17:00, winter"],
    ["2025-03-07T21:30:00Z", false, "the Friday before summer time still closes at 22:00 UTC"],
    ["2025-03-09T21:00:00Z", false, "and the Sunday opens at 21:00 UTC"],
    ["2025-10-31T21:00:00Z", true, "the Friday before winter time closes at 21:00 UTC"],
    ["2025-11-02T21:30:00Z", true, "and the Sunday opens at 22:00 UTC"],
    ["2025-06-25T03:00:00Z", false, "Wednesday"],
  ])("%s: %s (%s)", (time, expected) => {
    expect(isWeekend(at(time))).toBe(expected);
  });
});

describe("isHoliday", () => {
  it("finds both days of every year", () => {
    for (let year = 1970; year < 2100; year++) {
      const noons = [Date.UTC(year, 0, 1, 12), Date.UTC(year, 11, 25, 12)];
      expect(noons.map(isHoliday), String(year)).toEqual([true, true]);
    }
  });

  it.each([
    ["2024-12-24T21:59:59Z", false, "Christmas Eve before 17:00 New York"],
    ["2024-12-24T22:00:00Z", true, "Christmas Eve 17:00"],
    ["2024-12-25T21:59:59Z", true, "Christmas Day before 17:00"],
    ["2024-12-25T22:00:00Z", false, "Christmas Day 17:00"],
    ["2024-12-31T22:00:00Z", true, "New Year's Eve 17:00"],
    ["2025-01-01T21:59:59Z", true, "New Year's Day before 17:00"],
    ["2025-01-01T22:00:00Z", false, "New Year's Day 17:00"],
    ["2025-07-04T12:00:00Z", false, "Independence Day trades"],
  ])("%s: %s (%s)", (time, expected) => {
    expect(isHoliday(at(time))).toBe(expected);
    expect(isMarketOpen(at(time))).toBe(!expected);
  });
});

describe("isClosedFor", () => {
  it.each([
    ["EUR_USD", "2024-12-25T12:00:00Z", true, "Christmas Day"],
    ["NZD_USD", "2023-12-25T17:59:59Z", true, "Christmas Day, before it is over in Wellington"],
    ["NZD_USD", "2023-12-25T18:00:00Z", false, "the morning after, in Wellington"],
    ["USD_NZD", "2023-12-25T18:00:00Z", false, "whichever leg it is"],
    ["EUR_USD", "2023-12-25T18:00:00Z", true, "the others wait for 17:00 New York"],
    ["NZD_USD", "2024-12-24T22:00:00Z", true, "Christmas Eve 17:00, when the holiday begins"],
    ["NZD_USD", "2025-06-28T18:00:00Z", true, "a Saturday"],
    ["NZD_USD", "2025-06-25T18:00:00Z", false, "a Wednesday"],
  ])("%s at %s: %s (%s)", (instrument, time, expected) => {
    expect(isClosedFor(instrument, at(time))).toBe(expected);
  });
});

describe("nextMarketOpen", () => {
  it.each([
    ["2025-06-25T10:17:03Z", "2025-06-25T10:17:03Z", "open already"],
    ["2025-06-27T21:00:00Z", "2025-06-29T21:00:00Z", "the weekend"],
    ["2025-06-28T11:22:33Z", "2025-06-29T21:00:00Z", "the weekend, off the hour"],
    ["2025-06-29T20:30:00Z", "2025-06-29T21:00:00Z", "half an hour before the week begins"],
    ["2025-03-08T00:00:00Z", "2025-03-09T21:00:00Z", "into summer time"],
    ["2024-12-24T23:15:00Z", "2024-12-25T22:00:00Z", "Christmas in the middle of a week"],
    ["2022-12-23T22:00:00Z", "2022-12-26T22:00:00Z", "Christmas on a Sunday is kept on the Monday"],
    ["2021-12-24T22:00:00Z", "2021-12-26T22:00:00Z", "Christmas on a Saturday is over on the Sunday"],
  ])("from %s: %s (%s)", (time, expected) => {
    expect(nextMarketOpen(at(time))).toBe(at(expected));
  });
});

describe("openMarketMs", () => {
  it.each([
    ["2025-06-25T10:00:00Z", "2025-06-25T12:30:00Z", 2.5 * HOUR],
    ["2025-06-25T10:59:00Z", "2025-06-25T11:01:00Z", 2 * MINUTE],
    ["2025-06-27T20:30:00Z", "2025-06-29T21:45:00Z", 75 * MINUTE],
    ["2025-06-28T00:00:00Z", "2025-06-29T00:00:00Z", 0],
    ["2025-06-22T21:00:00Z", "2025-06-29T21:00:00Z", 120 * HOUR],
    // The week that holds Christmas Day, and the one in which the clocks change: 120 hours of New York's week either way.
    ["2024-12-22T22:00:00Z", "2024-12-29T22:00:00Z", 96 * HOUR],
    ["2025-03-09T21:00:00Z", "2025-03-16T21:00:00Z", 120 * HOUR],
    ["2025-03-02T22:00:00Z", "2025-03-09T21:00:00Z", 120 * HOUR],
    ["2025-06-25T12:00:00Z", "2025-06-25T12:00:00Z", 0],
    ["2025-06-25T12:00:00Z", "2025-06-25T11:00:00Z", 0],
  ])("from %s to %s: %d ms", (start, end, expected) => {
    expect(openMarketMs(at(start), at(end))).toBe(expected);
  });

  it("adds up over any cut", () => {
    const origin = at("2025-10-24T00:00:00Z");
    const minute = fc.integer({ min: 0, max: (3 * WEEK) / MINUTE }).map((minutes) => origin + minutes * MINUTE);
    fc.assert(
      fc.property(minute, minute, minute, (x, y, z) => {
        const [a, b, c] = [x, y, z].sort((p, q) => p - q) as [number, number, number];
        expect(openMarketMs(a, b) + openMarketMs(b, c)).toBe(openMarketMs(a, c));
      }),
      { numRuns: 100, seed: 5 },
    );
  });
});

describe("weekClose", () => {
  it.each([
    ["2025-06-25T10:00:00Z", "2025-06-27T21:00:00Z", "Wednesday"],
    ["2025-06-22T21:00:00Z", "2025-06-27T21:00:00Z", "Sunday's open"],
    ["2025-06-27T20:59:59Z", "2025-06-27T21:00:00Z", "a second before"],
    ["2025-06-27T21:00:00Z", "2025-07-04T21:00:00Z", "the close itself is past"],
    ["2025-06-28T12:00:00Z", "2025-07-04T21:00:00Z", "Saturday"],
    ["2025-03-05T12:00:00Z", "2025-03-07T22:00:00Z", "the week before summer time"],
    ["2025-03-08T12:00:00Z", "2025-03-14T21:00:00Z", "over the change to summer time"],
    ["2025-11-01T12:00:00Z", "2025-11-07T22:00:00Z", "over the change back"],
    ["2024-12-30T12:00:00Z", "2025-01-03T22:00:00Z", "over the turn of the year"],
  ])("of %s: %s (%s)", (time, expected) => {
    expect(weekClose(at(time))).toBe(at(expected));
  });

  it("is within eight days, later, and the start of a weekend", () => {
    fc.assert(
      fc.property(fc.integer({ min: at("2018-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z") }), (instant) => {
        const close = weekClose(instant);
        expect(close).toBeGreaterThan(instant);
        expect(close - instant).toBeLessThan(8 * DAY);
        expect([isWeekend(close - 1), isWeekend(close)]).toEqual([false, true]);
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});
