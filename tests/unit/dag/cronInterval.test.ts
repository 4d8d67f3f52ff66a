import { describe, expect, it } from "vitest";
import { latestInterval, latestWindow } from "../../../shared/dag/cronInterval.ts";
import { DAY, toIso } from "../../../shared/domain/instant.ts";
import type { TimeZone } from "../../../shared/domain/timeZone.ts";

describe("latestInterval", () => {
  it.each<[string, TimeZone, string, string, string]>([
    ["*/10 * * * *", "UTC", "2025-06-27T12:10:00Z", "2025-06-27T12:00:00Z", "2025-06-27T12:10:00Z"],
    ["*/10 * * * *", "UTC", "2025-06-27T12:10:00.001Z", "2025-06-27T12:00:00Z", "2025-06-27T12:10:00Z"],
    ["*/10 * * * *", "UTC", "2025-06-27T12:09:59.999Z", "2025-06-27T11:50:00Z", "2025-06-27T12:00:00Z"],
    ["1 * * * *", "UTC", "2025-01-01T00:01:30Z", "2024-12-31T23:01:00Z", "2025-01-01T00:01:00Z"],
    ["0 0 * * *", "Asia/Singapore", "2025-06-26T16:00:00Z", "2025-06-25T16:00:00Z", "2025-06-26T16:00:00Z"],
    ["0 0 * * *", "Asia/Singapore", "2025-06-26T15:59:59.999Z", "2025-06-24T16:00:00Z", "2025-06-25T16:00:00Z"],
    // The days on which New York's clock changes are 23 and 25 hours long.
    ["0 17 * * *", "America/New_York", "2025-03-09T21:00:00Z", "2025-03-08T22:00:00Z", "2025-03-09T21:00:00Z"],
    ["0 17 * * *", "America/New_York", "2025-11-02T22:00:00Z", "2025-11-01T21:00:00Z", "2025-11-02T22:00:00Z"],
  ])("%s in %s at %s", (cron, zone, at, start, end) => {
    const window = latestInterval(cron, zone, Date.parse(at));
    expect([toIso(window.start), toIso(window.end)]).toEqual([start, end]);
  });
});

describe("latestWindow", () => {
  const at = Date.parse("2025-06-27T12:10:00Z");

  it("is the latest interval of the schedule, and the last 24 hours without one", () => {
    expect(latestWindow({ schedule: { cron: "0 0 * * *", time_zone: "UTC" } }, at)).toEqual(latestInterval("0 0 * * *", "UTC", at));
    expect(latestWindow({ schedule: null }, at)).toEqual({ start: at - DAY, end: at });
  });

  it.each([
    ["never comes", "0 0 30 2 *"],
    ["came only once so far", "0 0 0 1 1 * 2025"],
  ])("has no interval of a cron that %s", (_what, cron) => {
    expect(() => latestInterval(cron, "UTC", at)).toThrow(RangeError);
  });
});
