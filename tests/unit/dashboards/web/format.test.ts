import { describe, expect, it } from "vitest";
import { bytesOf, countOf, numberOf, percentOf } from "../../../../dashboards/web/src/format/number.ts";
import { durationOf, momentOf } from "../../../../dashboards/web/src/format/time.ts";

describe("numbers", () => {
  it.each([
    [1.25, { digits: 1 }, "1.3"],
    [-1.5, {}, "−1.50"],
    [-0.001, {}, "0.00"],
    [0.001, { is_signed: true }, "0.00"],
    [1.5, { is_signed: true, unit: "bp" }, "+1.50 bp"],
    [1234567.8, { digits: 0 }, "1,234,568"],
    [54.7, { digits: 1, unit: "%" }, "54.7 %"],
    [null, {}, "–"],
    [undefined, {}, "–"],
    [Number.NaN, {}, "–"],
    [Number.POSITIVE_INFINITY, { unit: "h" }, "–"],
  ])("%s as %o is %s", (value, form, text) => expect(numberOf(value, form)).toBe(text));

  it("a share is percent, and a count stays short", () => {
    expect([percentOf(0.547), percentOf(-0.02, 0), percentOf(null)]).toEqual(["54.7 %", "−2 %", "–"]);
    expect([countOf(0), countOf(9_999), countOf(12_345), countOf(4_500_000), countOf(null)]).toEqual([
      "0",
      "9,999",
      "12.3 k",
      "4.5 M",
      "–",
    ]);
    expect([bytesOf(0), bytesOf(999), bytesOf(1_500_000), bytesOf(2.5e12), bytesOf(undefined)]).toEqual([
      "0 B",
      "999 B",
      "1.5 MB",
      "2.5 TB",
      "–",
    ]);
  });
});

describe("moments", () => {
  it("are ISO in the zone, over the change of its clocks", () => {
    const at = Date.UTC(2026, 10, 1, 5, 30, 9);
    expect(momentOf(at, "UTC")).toEqual({ date: "2026-11-01", time: "05:30", time_with_seconds: "05:30:09" });
    expect(momentOf(at, "America/New_York").time).toBe("01:30");
    expect(momentOf(at + 3_600_000, "America/New_York").time).toBe("01:30");
    expect(momentOf(Date.UTC(2026, 0, 31, 16), "Asia/Singapore")).toMatchObject({ date: "2026-02-01", time: "00:00" });
  });

  it.each([
    [-5, "0 s"],
    [0, "0 s"],
    [450, "450 ms"],
    [1_500, "1.5 s"],
    [59_000, "59 s"],
    [12 * 60_000, "12 min"],
    [3.5 * 3_600_000, "3.5 h"],
    [50 * 3_600_000, "2.1 d"],
  ])("%d ms is %s", (ms, text) => expect(durationOf(ms)).toBe(text));
});
