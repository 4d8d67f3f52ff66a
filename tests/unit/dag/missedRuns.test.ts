import { describe, expect, it } from "vitest";
import { countIntervals, isCovered, MAX_COUNTED } from "../../../shared/dag/missedRuns.ts";
import { DAY, HOUR, MINUTE } from "../../../shared/domain/instant.ts";

const T = Date.UTC(2025, 5, 2);
const HOURLY = { cron: "0 * * * *", time_zone: "UTC" as const, trigger_cron: "0 * * * *", reason: "a test" };
const span = (from: number, to: number) => ({ start: T + from * HOUR, end: T + to * HOUR });

describe("countIntervals", () => {
  it.each([
    ["whole hours", span(0, 5), 5],
    ["one", span(0, 1), 1],
    ["less than one", { start: T + MINUTE, end: T + HOUR - MINUTE }, 0],
    ["from within an hour", { start: T + MINUTE, end: T + 3 * HOUR }, 2],
    ["nothing", span(0, 0), 0],
    ["no more than are counted", { start: T, end: T + 100 * DAY }, MAX_COUNTED],
  ])("%s", (_name, window, expected) => {
    expect(countIntervals(HOURLY, window)).toBe(expected);
  });
});

describe("isCovered", () => {
  it.each([
    ["one window of the same length", span(0, 4), [span(0, 4)], true],
    ["windows that touch", span(0, 4), [span(0, 2), span(2, 4)], true],
    ["windows that overlap, one within another", span(0, 4), [span(0, 3), span(1, 2), span(3, 4)], true],
    ["a gap", span(0, 4), [span(0, 2), span(3, 4)], false],
    ["an end too early", span(0, 4), [span(0, 3)], false],
    ["a begin too late", span(0, 4), [span(1, 4)], false],
    ["no window", span(0, 4), [], false],
  ])("%s: %s", (_name, whole, windows, expected) => {
    expect(isCovered(whole, windows)).toBe(expected);
  });
});
