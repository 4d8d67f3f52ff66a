import { describe, expect, it } from "vitest";
import { ClockWatch } from "../../../shared/bronze/clockShift.ts";
import { HOUR, type Instant } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import { zoneOffset } from "../../../shared/domain/timeZone.ts";

/** Hours of open market from a day to another, as a clock shows them that is labelled UTC. */
function labelled(from: string, to: string, offset: (instant: Instant) => number) {
  const watch = new ClockWatch();
  for (let at = Date.parse(from); at < Date.parse(to); at += HOUR) if (isMarketOpen(at)) watch.add(at + offset(at));
  return watch.find();
}

const [WEEK_START, WEEK_END] = ["2025-06-01T12:00:00Z", "2025-06-07T12:00:00Z"];
const [YEAR_START, YEAR_END] = ["2024-06-01T00:00:00Z", "2025-06-01T00:00:00Z"];

describe("ClockWatch", () => {
  it.each([
    ["a week of a clock three hours ahead", WEEK_START, WEEK_END, 3, "+03:00"],
    ["a week of New York's clock", WEEK_START, WEEK_END, -4, "-04:00"],
    ["a year of Tokyo's", YEAR_START, YEAR_END, 9, "+09:00"],
    ["a week of a clock thirteen hours ahead", WEEK_START, WEEK_END, 13, "+13:00"],
    ["a week of a clock thirteen hours behind", WEEK_START, WEEK_END, -13, "-13:00"],
  ])("%s", (_name, from, to, hours, time_zone) => {
    expect(labelled(from, to, () => hours * HOUR)).toMatchObject({ time_zone, left: 0 });
  });

  it("knows the servers whose week begins at midnight, in summer and in winter", () => {
    const server = (at: Instant) => zoneOffset("America/New_York", at) + 7 * HOUR;
    expect(labelled(YEAR_START, YEAR_END, server)).toMatchObject({ time_zone: "America/New_York+07:00", left: 0 });
  });

  it("says nothing of times that are UTC, nor of a few strays on a Friday evening", () => {
    expect(labelled(YEAR_START, YEAR_END, () => 0)).toBeNull();
    const watch = new ClockWatch();
    for (let at = Date.parse(YEAR_START); at < Date.parse(YEAR_END); at += HOUR) if (isMarketOpen(at)) watch.add(at);
    for (const day of [7, 14, 21, 28]) watch.add(Date.UTC(2024, 5, day, 21));
    expect(watch.find()).toBeNull();
  });

  it("takes the smallest error that explains as much: from Wednesday on, any larger one would do as well", () => {
    expect(labelled("2025-06-04T12:00:00Z", WEEK_END, () => 3 * HOUR)).toMatchObject({ time_zone: "+03:00", misplaced: 3, left: 0 });
  });

  it("counts its bars, and lets a quarter of the misplaced ones be strays", () => {
    const shiftedWith = (...strays: readonly number[]) => {
      const watch = new ClockWatch();
      for (let at = Date.parse(WEEK_START); at < Date.parse(WEEK_END); at += HOUR) if (isMarketOpen(at)) watch.add(at + 3 * HOUR);
      for (const hour of strays) watch.add(Date.UTC(2025, 5, 7, hour));
      return watch.find();
    };
    expect(shiftedWith()).toMatchObject({ misplaced: 3, left: 0, bars: 120 });
    expect(shiftedWith(12)).toEqual({ time_zone: "+03:00", misplaced: 4, left: 1, bars: 121 });
    expect(shiftedWith(12, 13)).toBeNull();
  });

  it("finds nothing wrong with quarter hours that end with the market", () => {
    const watch = new ClockWatch();
    for (let at = Date.parse(WEEK_START); at < Date.parse(WEEK_END); at += HOUR / 4) if (isMarketOpen(at)) watch.add(at);
    expect(watch.find()).toBeNull();
  });

  it("says nothing where nothing can be known: days in the middle of a week, and weekends filled up", () => {
    expect(labelled("2025-06-03T00:00:00Z", "2025-06-06T00:00:00Z", () => 3 * HOUR)).toBeNull();
    const watch = new ClockWatch();
    for (let at = Date.parse(WEEK_START); at < Date.parse(WEEK_END) + 48 * HOUR; at += HOUR) watch.add(at);
    expect(watch.find()).toBeNull();
  });
});
