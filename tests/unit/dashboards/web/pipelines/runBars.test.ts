import { describe, expect, it } from "vitest";
import { runBars, secondsOf } from "../../../../../dashboards/web/src/pages/pipelines/runBars.ts";
import type { GridRunView } from "../../../../../shared/contracts/dagGrid.ts";

const NOW = Date.parse("2026-01-31T13:00:00Z");

/** Of the given durations in seconds; null: not started. */
function runsOf(...seconds: (number | null)[]): GridRunView[] {
  const start = Date.parse("2026-01-31T12:00:00Z");
  return seconds.map(
    (taken) =>
      ({
        start_date: taken === null ? null : new Date(start).toISOString(),
        end_date: taken === null ? null : new Date(start + taken * 1_000).toISOString(),
      }) as GridRunView,
  );
}

describe("runBars", () => {
  it("draws the longest at full height", () => {
    expect(runBars(runsOf(10, 20, null), NOW)).toEqual({
      full_s: 20,
      bars: [
        { share: 0.5, is_cut: false },
        { share: 1, is_cut: false },
        { share: 0, is_cut: false },
      ],
    });
  });

  it("cuts a run that took many times as long as usual, so that the others are seen", () => {
    const { full_s, bars } = runBars(runsOf(10, 10, 10, 3_600), NOW);
    expect(full_s).toBe(40);
    expect(bars[0]).toEqual({ share: 0.25, is_cut: false });
    expect(bars[3]).toEqual({ share: 1, is_cut: true });
  });

  it("has no bars before anything has started", () => {
    expect(runBars(runsOf(null), NOW)).toEqual({ full_s: 0, bars: [{ share: 0, is_cut: false }] });
  });
});

describe("secondsOf", () => {
  it("counts to now while a run has not ended", () => {
    expect(secondsOf({ start_date: "2026-01-31T12:59:00Z", end_date: null }, NOW)).toBe(60);
    expect(secondsOf({ start_date: null, end_date: null }, NOW)).toBeNull();
  });
});
