import { describe, expect, it } from "vitest";
import { describeSpacing, findWrongSpacing } from "../../../shared/bronze/findWrongSpacing.ts";
import { DAY, HOUR, MINUTE, WEEK } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";

const MONDAY = Date.UTC(2025, 5, 2);
const every = (step: number, count: number, from = MONDAY) =>
  Array.from({ length: 100 * count }, (_, i) => from + i * step)
    .filter(isMarketOpen)
    .slice(0, count);

/** Twenty half-hours while the market is closed, and ten hours of Monday: by the open ones the label is right. */
const SATURDAY_AND_OPEN = [
  ...Array.from({ length: 20 }, (_, i) => MONDAY - 2 * DAY + i * 30 * MINUTE),
  ...Array.from({ length: 10 }, (_, i) => MONDAY + i * HOUR),
];

describe("findWrongSpacing", () => {
  it.each<[string, readonly number[], "M1" | "M15" | "H1", number | null]>([
    ["hourly bars over a weekend", every(HOUR, 200), "H1", null],
    ["daily bars, over a weekend and a change of clocks", every(DAY, 200, Date.UTC(2025, 0, 6, 21)), "H1", DAY],
    ["three daily bars, the first on a Sunday", [0, 1, 2].map((day) => Date.UTC(2025, 5, 29, 21) + day * DAY), "H1", DAY],
    ["bars of four hours", every(4 * HOUR, 50), "H1", 4 * HOUR],
    ["quarters of an hour", every(15 * MINUTE, 50), "H1", 15 * MINUTE],
    ["hours under a label of minutes", every(HOUR, 50), "M1", HOUR],
    ["newest first", every(DAY, 9).toReversed(), "H1", DAY],
    ["each row twice", every(HOUR, 50).flatMap((start) => [start, start]), "H1", null],
    ["rows picked here and there", [0, 5, 7, 30, 53, 101].map((hour) => MONDAY + hour * HOUR), "H1", null],
    ["minutes with many silent ones", [0, 1, 3, 5, 6, 9, 11, 12, 15].map((minute) => MONDAY + minute * MINUTE), "M1", null],
    ["hours and half-hours in turn", [0, 30, 90, 120, 180].map((minute) => MONDAY + minute * MINUTE), "H1", 30 * MINUTE],
    ["days, half of which are longer", [0, 24, 50, 75, 99].map((hour) => MONDAY + hour * HOUR), "H1", DAY],
    ["two rows a day apart, which say nothing", [MONDAY, MONDAY + DAY], "H1", null],
    ["fillers of a Saturday and of Christmas", [8, 9, 80, 81].map((hour) => Date.UTC(2024, 11, 25, hour)), "H1", null],
    ["three rows of the hour, one of them twice, are two", [MONDAY, MONDAY, MONDAY + DAY], "H1", null],
    ["five weeks apart, of which market hours count", [0, 1, 2].map((i) => MONDAY + i * 5 * WEEK), "H1", 25 * DAY],
    ["more than five weeks apart, where they are not worth counting", [0, 1, 2].map((i) => MONDAY + i * 6 * WEEK), "H1", 6 * WEEK],
    ["hours of a Monday behind half-hours of a closed Saturday", SATURDAY_AND_OPEN, "H1", null],
    ["nothing", [], "H1", null],
  ])("%s", (_name, starts, granularity, expected) => {
    expect(findWrongSpacing(starts, granularity)).toBe(expected);
  });

  it.each([
    [DAY, "24 h"],
    [HOUR, "1 h"],
    [90 * MINUTE, "1.5 h"],
    [15 * MINUTE, "15 min"],
  ])("%d ms is %s", (spacing, text) => {
    expect(describeSpacing(spacing)).toBe(text);
  });
});
