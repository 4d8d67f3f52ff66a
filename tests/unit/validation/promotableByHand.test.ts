import { describe, expect, it } from "vitest";
import { whyNotByHand } from "../../../shared/validation/promotableByHand.ts";
import { CHECKS } from "../../../shared/validation/verdict.ts";
import { SOUND } from "../../support/models/soundTags.ts";

const INTEGRITY = CHECKS.filter((check) => check !== "champion_check");

describe("what a person may put in Production", () => {
  it("has passed all, whatever else its tags say", () => {
    expect(whyNotByHand(SOUND)).toBeNull();
    expect(whyNotByHand({ ...SOUND, skill: "none", reviewed: "failed: in my view" })).toBeNull();
  });

  it.each(INTEGRITY)("has passed %s, which no word of theirs replaces", (check) => {
    expect(whyNotByHand({ ...SOUND, [check]: "failed: 3 rows differ" })).toBe(`failed ${check} (3 rows differ)`);
    const { [check]: _, ...rest } = SOUND;
    for (const tags of [rest, { ...rest, [check]: "fine" }, { ...rest, [check]: "passed" }])
      expect(whyNotByHand(tags)).toBe(`has not been through ${check} of model_validation`);
  });

  it("may be no better than what is there", () => {
    expect(whyNotByHand({ ...SOUND, champion_check: "failed: not better than version 1" })).toBeNull();
  });

  it("has been checked at all", () => {
    expect(whyNotByHand({})).toMatch(/^has not been through rebuild_check, /);
  });
});
