import { describe, expect, it } from "vitest";
import { DAY, HOUR, parseInstant, requireInstant, toIso, toIsoOrNull, WEEK } from "../../../shared/domain/instant.ts";

describe("parseInstant", () => {
  const noon = Date.UTC(2025, 5, 27, 12);

  it.each([
    ["2025-06-27T12:00:00Z", noon],
    ["2025-06-27T12:00:00.000000000Z", noon],
    ["2025-06-27T12:00:00.123456789Z", noon + 123],
    ["2025-06-27T12:00:00.5Z", noon + 500],
    ["2025-06-27t12:00:00z", noon],
    ["2025-06-27 12:00:00Z", noon],
    ["2025-06-27T20:00:00+08:00", noon],
    ["2025-06-27T08:00:00-04:00", noon],
    ["1751025600.000000000", noon],
    ["1751025600.123999999", noon + 123],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
  ])("reads %s", (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    "",
    "now",
    "2025-06-27",
    "2025-06-27T12:00:00",
    "2025-06-27T12:00Z",
    "2025-02-30T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "2025-13-01T00:00:00Z",
    "2025-06-27T24:30:00Z",
    "2025-06-27T12:00:00+25:99",
    "2025-06-27T12:00:00.1234567890Z",
    "1751025600",
    "1751025600.5",
    " 2025-06-27T12:00:00Z",
  ])("refuses '%s'", (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe("requireInstant", () => {
  it("names the field and shows how", () => {
    expect(() => requireInstant("yesterday", "timestamp")).toThrow(
      expect.objectContaining({ code: "invalid_timestamp", status: 400, details: { field: "timestamp" } }),
    );
    expect(() => requireInstant("yesterday", "timestamp")).toThrow(/timestamp: "yesterday" is not a time/);
  });
});

describe("toIso", () => {
  it("drops milliseconds when they are zero, and only then", () => {
    expect(toIso(Date.UTC(2025, 5, 27, 12))).toBe("2025-06-27T12:00:00Z");
    expect(toIso(Date.UTC(2025, 5, 27, 12) + 7)).toBe("2025-06-27T12:00:00.007Z");
  });

  it("says null of no instant", () => {
    expect([toIsoOrNull(null), toIsoOrNull(0)]).toEqual([null, "1970-01-01T00:00:00Z"]);
  });

  it("is read back as the same instant", () => {
    for (const instant of [0, 1, WEEK + 3 * DAY + 5 * HOUR + 7]) expect(parseInstant(toIso(instant))).toBe(instant);
  });
});
