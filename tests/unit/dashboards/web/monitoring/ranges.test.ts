import { describe, expect, it } from "vitest";
import { RANGES, windowOf } from "../../../../../dashboards/web/src/pages/monitoring/ranges.ts";
import { axisText } from "../../../../../dashboards/web/src/pages/monitoring/timeAxis.ts";
import { MAX_SERIES_POINTS } from "../../../../../shared/contracts/monitoring.ts";

const NOON = Date.UTC(2026, 10, 30, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("the window of a span", () => {
  it("has a point for each reading that is kept: a quarter of an hour, an hour, six hours", () => {
    expect(RANGES.map((range) => windowOf(range, NOON).step_s)).toEqual([900, 3_600, 21_600]);
    expect(RANGES.map((range) => (NOON - windowOf(range, NOON).from) / HOUR)).toEqual([24, 168, 720]);
  });

  it("stays the same until the next step begins, so that the same question is asked", () => {
    const window = windowOf("1d", NOON + MINUTE);
    expect(windowOf("1d", NOON + 14 * MINUTE)).toEqual(window);
    expect(windowOf("1d", NOON + 16 * MINUTE)).not.toEqual(window);
    expect(window.to).toBeGreaterThan(NOON + MINUTE);
  });

  it.each(RANGES)("of %s grows its step where there are many series, so that one answer holds all", (range) => {
    for (const series of [1, 10, 90, 600]) {
      const { from, to, step_s } = windowOf(range, NOON, series);
      expect(((to - from) / 1_000 / step_s) * series).toBeLessThanOrEqual(MAX_SERIES_POINTS);
    }
    expect(windowOf(range, NOON, 90).step_s).toBeGreaterThan(windowOf(range, NOON, 1).step_s - 1);
  });
});

describe("a moment on the axis", () => {
  it("is a day of a week, a minute of a day, and a second of minutes, in the reader's zone", () => {
    const late = Date.UTC(2026, 10, 30, 23, 5, 7);
    expect(axisText(late, { from: 0, to: 7 * 24 * HOUR }, "Asia/Singapore")).toBe("12-01");
    expect(axisText(late, { from: 0, to: 24 * HOUR }, "Asia/Singapore")).toBe("07:05");
    expect(axisText(late, { from: 0, to: 5 * MINUTE }, "UTC")).toBe("23:05:07");
  });
});
