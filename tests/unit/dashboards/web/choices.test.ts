import { describe, expect, it } from "vitest";
import { readChoice } from "../../../../dashboards/web/src/state/readChoice.ts";

const ZONE = { name: "tz", allowed: ["UTC", "SGT"], fallback: "UTC" } as const;

describe("a choice of the address", () => {
  it.each([null, ""])("%j is none, and nothing is said of it", (said) =>
    expect(readChoice(said, ZONE)).toEqual({ value: "UTC", problem: null }),
  );

  it("is one of those that there are", () => expect(readChoice("SGT", ZONE)).toEqual({ value: "SGT", problem: null }));

  it("is whatever is said while those that there are are not known", () =>
    expect(readChoice<string>("x", { name: "model", allowed: null, fallback: "" })).toEqual({ value: "x", problem: null }));

  it("falls back, and says to what", () =>
    expect(readChoice("MARS", ZONE)).toEqual({ value: "UTC", problem: "tz=MARS is not known here: UTC is shown. Known: UTC, SGT." }));

  it("says what is shown in the words of whom it is for", () => {
    const shown = "all pairs are shown, and USD_SGD where a page is of one pair";
    const { problem } = readChoice<string>("X_Y", { name: "instrument", allowed: ["USD_SGD"], fallback: "", shown });
    expect(problem).toBe(`instrument=X_Y is not known here: ${shown}. Known: USD_SGD.`);
  });

  it("repeats no more than a part of what is long", () => expect(readChoice("A".repeat(500), ZONE).problem!.length).toBeLessThan(130));
});
