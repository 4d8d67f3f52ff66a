import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../shared/domain/instant.ts";
import { readPlainDecimal, readPlainDigits, readPlainTime } from "../../../shared/domain/plainText.ts";

/** Each is asked for a field in the middle of a line, between digits that are not its own. */
const within = (read: (text: string, from: number, to: number) => number) => (field: string) => read(`77${field}77`, 2, 2 + field.length);
const [decimal, digits, time] = [within(readPlainDecimal), within(readPlainDigits), within(readPlainTime)];

describe("readPlainDecimal", () => {
  it.each(["0", "7", "1.35", "0.5", "0.05", "10", "1.0", "150.123", "123456789012345", "0.99999999999999", "1.23456789012345"])(
    "of %s is the nearest double, as Number reads it",
    (text) => {
      expect(decimal(text)).toBe(Number(text));
    },
  );

  it.each([
    "",
    ".",
    ".5",
    "5.",
    "1..2",
    "1.2.3",
    "01",
    "00",
    "00.5",
    "-1",
    "+1",
    "1e5",
    "1,5",
    " 1",
    "1/",
    "1:",
    "1234567890123456",
    "0.1234567890123456",
  ])("leaves %j to the reader of all forms", (text) => {
    expect(decimal(text)).toBeNaN();
  });
});

describe("readPlainDigits", () => {
  it.each(["1", "9", "10", "42", "123456789012345"])("of %s is that number", (text) => {
    expect(digits(text)).toBe(Number(text));
  });

  it.each(["", "0", "01", "1.5", "10.0", "-1", "1a", "1234567890123456"])("leaves %j to the reader of all forms", (text) => {
    expect(digits(text)).toBeNaN();
  });
});

describe("readPlainTime", () => {
  it("leaves what has anything but a digit in a digit's place, the characters beside 0 and 9 too", () => {
    const text = "2011-11-21T11:21:11Z";
    for (const at of [...text.matchAll(/\d/g)].map(({ index }) => index)) {
      for (const other of ["/", ":"]) {
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        expect(time(changed), changed).toBeNaN();
      }
    }
    for (const short of ["", "Z", "2011-11-21T11:21:1Z", "2011-11-21T11:21:11"]) expect(time(short), short).toBeNaN();
  });

  it("of any second of 1970 to 2099 is that instant, and of no date that does not exist", () => {
    const two = (value: number) => String(value).padStart(2, "0");
    const between = (min: number, max: number) => fc.integer({ min, max });
    const drawn = fc.tuple(between(1969, 2101), between(0, 13), between(0, 32), between(0, 24), between(0, 60), between(0, 60));
    fc.assert(
      fc.property(drawn, ([year, month, day, hour, minute, second]) => {
        const text = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z`;
        const expected = year >= 1970 && year < 2100 ? parseInstant(text) : null;
        expect(time(text), text).toBe(expected ?? Number.NaN);
      }),
      { numRuns: 2_000, seed: 4 },
    );
  });

  it("knows the days of every month, and the leap years", () => {
    for (let month = 1; month <= 12; month++) {
      for (const year of [1970, 1971, 1972, 2000, 2023, 2024, 2025, 2099]) {
        for (const day of [1, 28, 29, 30, 31]) {
          const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}T23:59:59Z`;
          expect(time(text), text).toBe(parseInstant(text) ?? Number.NaN);
        }
      }
    }
  });

  it.each(["2025-06-27T12:00:00.0Z", "2025-06-27T12:00:00.000Z", "2025-06-27T12:00:00.000000000Z"])("takes %s for its second", (text) => {
    expect(time(text)).toBe(Date.UTC(2025, 5, 27, 12));
  });

  it.each([
    "",
    "2025-06-27",
    "2025-06-27T12:00:00",
    "2025-06-27T12:00:0Z",
    "2025-06-27T12:00:00z",
    "2025-06-27T12:00:00+",
    "2025-06-27T12:00:00.Z",
    "2025-06-27T12:00:00.5Z",
    "2025-06-27T12:00:00.001Z",
    "2025-06-27T12:00:00.0000000000Z",
    "2025-06-27T12:00:000Z",
    "2025/06-27T12:00:00Z",
    "2025-06/27T12:00:00Z",
    "2025-06-27 12:00:00Z",
    "2025-06-27T12.00:00Z",
    "2025-06-27T12:00.00Z",
    "2025-0/-27T12:00:00Z",
    "2025-:1-27T12:00:00Z",
    "2025-1:-27T12:00:00Z",
    "20 5-06-27T12:00:00Z",
  ])("leaves %j to the reader of all forms", (text) => {
    expect(time(text)).toBeNaN();
  });
});
