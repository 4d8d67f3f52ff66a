import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BACKFILL_STEP, type BackfillStep, backfillIntervals, defaultStep } from "../../../shared/dag/backfillIntervals.ts";
import type { DagSchedule } from "../../../shared/dag/dag.ts";
import { DAY, MINUTE, toIso } from "../../../shared/domain/instant.ts";

const at = (text: string) => Date.parse(text);
const cron = (text: string, time_zone: DagSchedule["time_zone"] = "UTC"): DagSchedule => ({ cron: text, time_zone, trigger_cron: text });
const show = (window: { start: number; end: number }, step: BackfillStep, schedule: DagSchedule | null = null) =>
  backfillIntervals(window, step, schedule, 100).map(({ start, end }) => `${toIso(start).slice(5, 16)} ${toIso(end).slice(5, 16)}`);

describe("backfillIntervals", () => {
  it("cuts at UTC midnights, shorter at the ends", () => {
    expect(show({ start: at("2025-06-01T06:00Z"), end: at("2025-06-03T12:00Z") }, "1d")).toEqual([
      "06-01T06:00 06-02T00:00",
      "06-02T00:00 06-03T00:00",
      "06-03T00:00 06-03T12:00",
    ]);
  });

  it("ends with the window where that ends at a border", () => {
    expect(show({ start: at("2025-06-01T00:00Z"), end: at("2025-06-03T00:00Z") }, "1d")).toEqual([
      "06-01T00:00 06-02T00:00",
      "06-02T00:00 06-03T00:00",
    ]);
  });

  it("cuts at full hours", () => {
    expect(show({ start: at("2025-06-01T06:30Z"), end: at("2025-06-01T19:00Z") }, "6h")).toEqual([
      "06-01T06:30 06-01T12:00",
      "06-01T12:00 06-01T18:00",
      "06-01T18:00 06-01T19:00",
    ]);
  });

  it("takes whole intervals of the schedule, over a change of the clock too", () => {
    const window = { start: at("2025-03-08T05:00Z"), end: at("2025-03-10T12:00Z") };
    expect(show(window, "schedule", cron("0 0 * * *", "America/New_York"))).toEqual(["03-08T05:00 03-09T05:00", "03-09T05:00 03-10T04:00"]);
    expect(show(window, "schedule", cron("0 0 1 * *"))).toEqual([]);
    expect(show(window, "schedule", null)).toEqual([]);
  });

  it("says when there are more than the limit", () => {
    expect(backfillIntervals({ start: 0, end: 10 * DAY }, "1h", null, 5)).toHaveLength(6);
    expect(backfillIntervals({ start: 0, end: 10 * DAY }, "schedule", cron("0 * * * *"), 5)).toHaveLength(6);
  });

  it("covers the window once, in order", () => {
    const step = fc.constantFrom<BackfillStep>("1h", "7h", "1d", "3d", "30d");
    fc.assert(
      fc.property(fc.nat(50 * 365 * 24 * 60), fc.integer({ min: 1, max: 100 * 24 * 60 }), step, (start, length, chosen) => {
        const window = { start: start * MINUTE, end: (start + length) * MINUTE };
        const intervals = backfillIntervals(window, chosen, null, 10_000);
        expect(intervals[0]?.start).toBe(window.start);
        expect(intervals.at(-1)?.end).toBe(window.end);
        for (const [index, one] of intervals.entries()) {
          expect(one.end).toBeGreaterThan(one.start);
          if (index > 0) expect(one.start).toBe(intervals[index - 1]!.end);
        }
      }),
    );
  });
});

describe("defaultStep", () => {
  it.each([
    [null, "1d"],
    [cron("1 * * * *"), "1d"],
    [cron("*/10 * * * *"), "1d"],
    [cron("0 0 * * *", "Asia/Singapore"), "schedule"],
    [cron("0 0 * * *", "America/New_York"), "schedule"],
    [cron("0 0 * * 1"), "schedule"],
  ] as const)("of %j is %s", (schedule, step) => {
    for (const moment of [at("2025-06-27T12:00Z"), at("2025-03-10T05:00Z"), at("2025-11-03T12:00Z")])
      expect(defaultStep(schedule, moment)).toBe(step);
  });

  it.each(["0d", "d", "1w", "12345h", "schedule ", "-1d"])("is not named %s", (text) => {
    expect(BACKFILL_STEP.test(text)).toBe(false);
  });
});
