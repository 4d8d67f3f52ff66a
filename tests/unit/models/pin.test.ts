import { describe, expect, it } from "vitest";
import { holds, type Pin, pinText } from "../../../shared/models/pin.ts";

const PIN: Pin = { version: "3", since: Date.UTC(2025, 2, 1), reason: "a freeze", by: { kind: "person", name: "ann" } };

describe("a pin", () => {
  it.each([
    ["there is none", null, "4", false],
    ["of the version itself", PIN, "3", false],
    ["of another", PIN, "4", true],
  ])("holds where it is %s: %#", (_what, pin, version, expected) => {
    expect(holds(pin, version)).toBe(expected);
  });

  it("says which, since when, by whom and why, and what ends it", () => {
    const text = (name: string) => pinText("fx-usdsgd-predictor", { ...PIN, by: { ...PIN.by, name } });
    expect(text("ann")).toBe(
      "version 3 is pinned since 2025-03-01T00:00:00Z by ann (a freeze); npm run fx -- models unpin fx-usdsgd-predictor ends that",
    );
    expect(text("")).toContain(" by person (a freeze)");
  });
});
