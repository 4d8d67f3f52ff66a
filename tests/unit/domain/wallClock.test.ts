import { describe, expect, it } from "vitest";
import { parseWallClock } from "../../../shared/domain/wallClock.ts";

const utc = (text: string) => Date.parse(`${text}Z`);
const read = (zone: string, reading: string, after: number | null = null) => parseWallClock(zone)!.instantOf(utc(reading), after);

describe("parseWallClock", () => {
  it.each([
    ["UTC", "2025-07-01T00:00", "2025-07-01T00:00"],
    ["Z", "2025-07-01T00:00", "2025-07-01T00:00"],
    ["+03:00", "2025-07-01T00:00", "2025-06-30T21:00"],
    ["-0530", "2025-07-01T00:00", "2025-07-01T05:30"],
    ["+15:59", "2025-07-01T00:00", "2025-06-30T08:01"],
    ["UTC+2", "2025-07-01T00:00", "2025-06-30T22:00"],
    ["Europe/Athens", "2025-07-01T00:00", "2025-06-30T21:00"],
    ["Europe/Athens", "2025-01-01T00:00", "2024-12-31T22:00"],
    ["EET", "2025-01-01T00:00", "2024-12-31T22:00"],
    ["Etc/GMT-3", "2025-07-01T00:00", "2025-06-30T21:00"],
    ["America/New_York+07:00", "2025-07-07T00:00", "2025-07-06T21:00"],
    ["America/New_York+07:00", "2025-01-06T00:00", "2025-01-05T22:00"],
    // Between the changes of New York's and Europe's clocks they are not the same.
    ["America/New_York+07:00", "2025-03-17T00:00", "2025-03-16T21:00"],
    ["Europe/Athens", "2025-03-17T00:00", "2025-03-16T22:00"],
    // Hours before and after a change, the old and the new offset.
    ["America/New_York", "2025-03-08T12:00", "2025-03-08T17:00"],
    ["America/New_York", "2025-03-09T12:00", "2025-03-09T16:00"],
    ["America/New_York", "2025-11-01T12:00", "2025-11-01T16:00"],
    ["America/New_York", "2025-11-02T12:00", "2025-11-02T17:00"],
  ])("%s shows %s at %s", (zone, reading, instant) => {
    expect(read(zone, reading)).toBe(utc(instant));
  });

  it("has no moment for an hour that is skipped, and two for one that comes twice", () => {
    expect(read("Europe/Athens", "2025-03-30T03:30")).toBeNull();
    const first = read("Europe/Athens", "2025-10-26T03:00");
    expect(first).toBe(utc("2025-10-26T00:00"));
    expect(read("Europe/Athens", "2025-10-26T03:00", first)).toBe(utc("2025-10-26T01:00"));
    expect(read("Europe/Athens", "2025-10-26T02:00", utc("2026-01-01T00:00"))).toBe(utc("2025-10-25T23:00"));
  });

  it.each(["", "Athens", "Europe/Nowhere", "+16:00", "+25:00", "+03:60", "+03:99", "3", "noon", "Europe/Athens+3"])(
    "knows no clock %j",
    (text) => {
      expect(parseWallClock(text)).toBeNull();
    },
  );
});
