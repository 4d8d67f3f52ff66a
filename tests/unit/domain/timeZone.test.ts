import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, requireInstant } from "../../../shared/domain/instant.ts";
import {
  dayOfWeek,
  fromLocal,
  hourOfDay,
  hourOfWeek,
  isWeekday,
  localTime,
  type TimeZone,
  wallTime,
  zoneOffset,
} from "../../../shared/domain/timeZone.ts";

const at = (text: string) => requireInstant(text, "time");
const ZONES: readonly TimeZone[] = ["America/New_York", "Europe/London", "Asia/Tokyo", "Asia/Singapore", "UTC"];

describe("zoneOffset", () => {
  it.each([
    ["America/New_York", "2025-03-09T06:59:59Z", -5],
    ["America/New_York", "2025-03-09T07:00:00Z", -4],
    ["America/New_York", "2025-11-02T05:59:59Z", -4],
    ["America/New_York", "2025-11-02T06:00:00Z", -5],
    ["Europe/London", "2025-03-30T00:59:59Z", 0],
    ["Europe/London", "2025-03-30T01:00:00Z", 1],
    ["Europe/London", "2025-10-26T00:59:59Z", 1],
    ["Europe/London", "2025-10-26T01:00:00Z", 0],
    ["Asia/Tokyo", "2025-07-01T00:00:00Z", 9],
    ["Asia/Singapore", "2025-07-01T00:00:00Z", 8],
    ["UTC", "2025-07-01T00:00:00Z", 0],
  ] as const)("of %s at %s is %d h", (zone, time, hours) => {
    expect(zoneOffset(zone, at(time))).toBe(hours * HOUR);
  });

  it("agrees with Intl at any hour of 2000 to 2030", () => {
    const formats = new Map(
      ZONES.map((zone) => [zone, new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "short", timeStyle: "medium" })]),
    );
    const two = (n: number) => String(n).padStart(2, "0");
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: at("2000-01-01T00:00:00Z") / HOUR, max: at("2030-01-01T00:00:00Z") / HOUR }),
        (zone, hour) => {
          const { year, month, day, hour: h, minute } = localTime(zone, hour * HOUR);
          expect(`${two(day)}/${two(month)}/${year}, ${two(h)}:${two(minute)}:00`).toBe(formats.get(zone)!.format(hour * HOUR));
        },
      ),
      { numRuns: 300, seed: 11 },
    );
  });
});

describe("localTime", () => {
  it("counts weekdays from Sunday", () => {
    expect(localTime("America/New_York", at("2025-06-30T01:30:00Z"))).toEqual({
      year: 2025,
      month: 6,
      day: 29,
      hour: 21,
      minute: 30,
      weekday: 0,
    });
    expect(localTime("Asia/Tokyo", at("2025-06-30T01:30:00Z"))).toMatchObject({ day: 30, hour: 10, weekday: 1 });
  });
});

describe("wallTime", () => {
  it("has the hour and weekday of localTime, before 1970 too", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: at("1960-01-01T00:00:00Z"), max: at("2040-01-01T00:00:00Z") }),
        (zone, instant) => {
          const { hour, weekday } = localTime(zone, instant);
          const wall = wallTime(zone, instant);
          expect([hourOfDay(wall), dayOfWeek(wall), isWeekday(wall)]).toEqual([hour, weekday, weekday > 0 && weekday < 6]);
        },
      ),
      { numRuns: 300, seed: 12 },
    );
  });
});

describe("fromLocal", () => {
  it.each([
    ["America/New_York", { year: 2025, month: 3, day: 7, hour: 17 }, "2025-03-07T22:00:00Z"],
    ["America/New_York", { year: 2025, month: 3, day: 9, hour: 17 }, "2025-03-09T21:00:00Z"],
    ["America/New_York", { year: 2025, month: 11, day: 2, hour: 17 }, "2025-11-02T22:00:00Z"],
    ["Asia/Singapore", { year: 2025, month: 6, day: 28, hour: 0 }, "2025-06-27T16:00:00Z"],
    ["UTC", { year: 2025, month: 6, day: 28, hour: 0 }, "2025-06-28T00:00:00Z"],
  ] as const)("%s %j", (zone, local, expected) => {
    expect(fromLocal(zone, local)).toBe(at(expected));
  });

  it("an hour that the change to summer time skips becomes the one after it", () => {
    expect(fromLocal("America/New_York", { year: 2025, month: 3, day: 9, hour: 2 })).toBe(at("2025-03-09T07:00:00Z"));
    expect(fromLocal("Europe/London", { year: 2025, month: 3, day: 30, hour: 1 })).toBe(at("2025-03-30T01:00:00Z"));
  });

  it("undoes localTime at every hour that exists once", () => {
    for (let instant = at("2025-03-08T00:00:00Z"); instant < at("2025-03-11T00:00:00Z"); instant += HOUR) {
      for (const zone of ZONES) expect(fromLocal(zone, localTime(zone, instant)), zone).toBe(instant);
    }
  });
});

describe("hourOfWeek", () => {
  it.each([
    ["UTC", "2025-06-29T00:00:00Z", 0],
    ["UTC", "2025-06-28T23:59:59Z", 167],
    ["America/New_York", "2025-06-29T21:00:00Z", 17],
    ["America/New_York", "2025-01-12T22:00:00Z", 17],
    ["America/New_York", "2025-06-29T03:00:00Z", 167],
    ["Asia/Tokyo", "2025-06-29T21:00:00Z", 30],
    ["UTC", "1970-01-01T00:00:00Z", 96],
  ] as const)("%s %s: %d", (zone, time, expected) => {
    expect(hourOfWeek(zone, at(time))).toBe(expected);
  });

  it("is the weekday and the hour", () => {
    for (let instant = at("2025-10-30T00:00:00Z"); instant < at("2025-10-30T00:00:00Z") + 8 * DAY; instant += HOUR) {
      const { weekday, hour } = localTime("America/New_York", instant);
      expect(hourOfWeek("America/New_York", instant)).toBe(weekday * 24 + hour);
    }
  });
});
