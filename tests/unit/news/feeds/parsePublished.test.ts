import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePublished } from "../../../../shared/news/feeds/parsePublished.ts";

const T = Date.UTC(2025, 9, 1, 22, 30, 3);
const M = Date.UTC(2025, 9, 1, 22, 30);
/** A date without a time is the end of its day. */
const DAY_END = Date.UTC(2025, 9, 2);

describe("years that articles are of", () => {
  it.each([
    ["1989-12-31T23:59:59Z", false],
    ["1990-01-01T00:00:00Z", true],
    ["2100-12-31T00:00:00Z", true],
    ["2101-01-01T00:00:00Z", false],
  ])("%s: %s", (text, is_one) => {
    const read = parsePublished(text);
    expect("at" in read ? [read.at, is_one] : read.problem).toEqual(
      is_one ? [Date.parse(text), true] : expect.stringMatching(/lies in the year/),
    );
  });
});

describe("parsePublished", () => {
  it.each([
    ["Wed, 01 Oct 2025 22:30:03 GMT", T],
    ["Wed, 01 Oct 2025 22:30:03 +0000", T],
    ["Thu, 02 Oct 2025 06:30:03 +0800", T],
    ["Thu, 02 Oct 2025 06:30:03 SGT", T],
    ["Wed, 01 Oct 2025 18:30:03 EDT", T],
    ["Wed, 1 Oct 2025 17:30:03 EST", T],
    ["Wed, 01 Oct 2025 22:30:03 Z", T],
    ["Wed,01 Oct 2025 22:30:03 GMT", T],
    ["Wednesday, 01-Oct-25 22:30:03 GMT", T],
    ["01 Oct 25 22:30:03 UT", T],
    ["1 October 2025 22:30 UTC", M],
    ["Wed, 01 Oct 2025 22:30 GMT+00:00", M],
    ["Thu, 02 Oct 2025 06:30:03 GMT+8", T],
    ["Wed Oct 01 22:30:03 GMT 2025", T],
    ["Wed Oct  1 22:30:03 2025", T],
    ["Wed, 01 Oct 2025 22:30:03 GMT (Coordinated Universal Time)", T],
    ["October 1, 2025 10:30 PM UTC", M],
    ["Oct 1, 2025, 10:30 p.m. GMT", M],
    ["Sept. 30, 2025 11:30 PM", Date.UTC(2025, 8, 30, 23, 30)],
    ["2025-10-01T22:30:03Z", T],
    ["2025-10-01T22:30:03.000Z", T],
    ["2025-10-02T06:30:03+08:00", T],
    ["2025-10-02T06:30:03+0800", T],
    ["2025-10-02 06:30:03 +0800", T],
    ["2025-10-02T06:30+08:00", M],
    ["2025-10-02T12:30:03+14:00", T],
    ["Thu, 02 Oct 2025 12:30:03 +1400", T],
    ["2025-10-01 22:30:03", T],
    ["2025-10-01T22:30:03", T],
    ["2025/10/01 22:30:03", T],
    ["2025-10-01 22:30:03 UTC", T],
    ["2025-10-02 06:30:03 SGT", T],
    ["20251001T223003Z", T],
    [String(T / 1_000), T],
    [String(T), T],
    ["  Wed, 01 Oct 2025\n 22:30:03   GMT ", T],
    ["2025-10-01", DAY_END],
    ["1 Oct 2025", DAY_END],
    ["October 1, 2025", DAY_END],
    ["20251001", DAY_END],
    ["2025-274", DAY_END],
    ["2025-W40-3", DAY_END],
    ["01.10.2025", DAY_END],
    ["2025-10-01T22", Date.UTC(2025, 9, 1, 23)],
    ["2025-10-02T06+08:00", Date.UTC(2025, 9, 1, 23)],
    ["2025-W40", Date.UTC(2025, 9, 6)],
    ["2025-10", Date.UTC(2025, 10, 1)],
    ["202510", Date.UTC(2025, 10, 1)],
    ["October 2025", Date.UTC(2025, 10, 1)],
    ["Dec. 2025", Date.UTC(2026, 0, 1)],
    ["2025", Date.UTC(2026, 0, 1)],
    ["01.10.2025 22:30:03", T],
    ["30-09-2025 22:30 +0000", Date.UTC(2025, 8, 30, 22, 30)],
    ["09/30/2025 10:30 PM", Date.UTC(2025, 8, 30, 22, 30)],
    ["10-10-2025", Date.UTC(2025, 9, 11)],
    ["Mi, 01 Okt 2025 22:30:03 GMT", T],
    ["mer., 1 octobre 2025 22:30:03 GMT", T],
    ["mer, 01 ott 2025 22:30:03 +0000", T],
    ["1 de octubre de 2025 22:30 UTC", M],
    ["1. März 2025", Date.UTC(2025, 2, 2)],
    ["1 août 2025", Date.UTC(2025, 7, 2)],
    ["1 juin 2025", Date.UTC(2025, 5, 2)],
    ["1 juillet 2025", Date.UTC(2025, 6, 2)],
    ["\n   Wed, Oct 1 2025 15:30:03 MST\n", T],
  ])("%s", (text, at) => {
    expect(parsePublished(text)).toEqual({ at });
  });

  it.each([
    "yesterday",
    "10/01/2025",
    "3/12/2025",
    "12/3/2025",
    "Wed, 31 Feb 2025 22:30:03 GMT",
    "2025-02-30",
    "Wed, 01 Oct 2025 25:30:03 GMT",
    "Wed, 01 Oct 2025 22:30:03 XYZT",
    "Wed, 01 Oct 2025 22:30:03 +9900",
    "Wed, 01 Foo 2025 22:30:03 GMT",
    "0000-00-00 00:00:00",
    "1970-01-01T00:00:00Z",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "3025-10-01T00:00:00Z",
    "NaN",
    "2025-13",
    "202513",
    "31.02.2025",
    "13/13/2025",
    "2025-13-05",
    "2025-00-05",
    "2025-02-30",
  ])("refuses %s and says why", (text) => {
    expect(parsePublished(text)).toEqual({ problem: expect.stringContaining(text.slice(0, 10)) });
  });

  it.each([
    ["Wed, 01 Oct 2025 22:30:03 IST", "IST", "2025-10-01T22:30:03"],
    ["Wed, 01 Oct 2025 22:30:00 ET", "ET", "2025-10-01T22:30:00"],
    ["2025-10-01 22:30:03 AST", "AST", "2025-10-01T22:30:03"],
    ["Wed, 01 Oct 2025 22:30:03 +1401", "+1401", "2025-10-01T22:30:03"],
  ])("does not guess the zone of %s, and says what could be read", (text, zone, local) => {
    expect(parsePublished(text)).toEqual({ problem: `"${text}": the zone "${zone}" is not known for certain; the local time is ${local}` });
  });

  it("never throws, and gives an instant of our time or a problem", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date().map((date) => `${date}`),
        ),
        (text) => {
          const parsed = parsePublished(text);
          if ("at" in parsed) expect(Number.isSafeInteger(parsed.at)).toBe(true);
          else expect(parsed.problem).not.toBe("");
        },
      ),
    );
  });
});
