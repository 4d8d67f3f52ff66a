import { describe, expect, it } from "vitest";
import { HOUR, requireInstant } from "../../../shared/domain/instant.ts";
import { isRolloverClose, touchesRollover } from "../../../shared/domain/rollover.ts";

const at = (text: string) => requireInstant(text, "time");

describe("the closes of the roll", () => {
  it.each([
    ["16:00 New York in winter", "2025-01-07T21:00:00Z", false],
    ["17:00 in winter", "2025-01-07T22:00:00Z", true],
    ["18:00 in winter", "2025-01-07T23:00:00Z", true],
    ["19:00 in winter", "2025-01-08T00:00:00Z", false],
    ["16:00 in summer", "2025-07-08T20:00:00Z", false],
    ["17:00 in summer", "2025-07-08T21:00:00Z", true],
    ["18:00 in summer", "2025-07-08T22:00:00Z", true],
    ["19:00 in summer", "2025-07-08T23:00:00Z", false],
    ["17:00 on the day after New York's clocks went forward", "2025-03-09T21:00:00Z", true],
    ["Sunday 18:00, the first close of the week", "2025-06-29T22:00:00Z", true],
  ])("%s", (_name, time, expected) => {
    expect(isRolloverClose(at(time))).toBe(expected);
  });

  it("touch the rows that begin or end with one: 16:00, 17:00 and 18:00, and Friday's over the weekend", () => {
    const hours = Array.from({ length: 24 }, (_, hour) => Date.UTC(2025, 6, 8, hour));
    expect(hours.filter((time) => touchesRollover(time, time + HOUR)).map((time) => new Date(time).getUTCHours() - 4)).toEqual([
      16, 17, 18,
    ]);
    expect(touchesRollover(at("2025-06-27T21:00:00Z"), at("2025-06-29T22:00:00Z"))).toBe(true);
  });
});
