import { describe, expect, it } from "vitest";
import { unknownName } from "../../../shared/catalogue/findInCatalogue.ts";
import { nearestNames } from "../../../shared/catalogue/nearestNames.ts";

describe("the names that may have been meant", () => {
  it.each([
    ["two changed of six", "abcdxy", "abcdef", true],
    ["three changed of six", "abcxyz", "abcdef", false],
    ["three changed of nine, a third", "abcdefxyz", "abcdefghi", true],
    ["four changed of ten", "abcdefwxyz", "abcdefghij", false],
    ["two put in", "abxcydef", "abcdef", true],
    ["three put in", "abxcydzef", "abcdef", false],
    ["two taken out", "abcd", "abcdef", true],
    ["three taken out, and no part of it", "adf", "abcdef", false],
    ["a part of it", "cde", "abcdefghijklmnop", true],
    ["nothing, of a long name", "", "abcdef", false],
    ["other capitals", "ABCDEF", "abcdef", true],
    ["the same name in other capitals, both ways", "abcdef", "ABCDEF", true],
  ])("%s: %s for %s, %s", (_what, name, known, expected) => {
    expect(nearestNames(name, [known])).toEqual(expected ? [known] : []);
  });

  it("are three at most, the likeliest first, and of equals the first", () => {
    expect(nearestNames("abcdef", ["abcdxy", "abcdeg", "abcdef", "abcxef", "abcdeh"])).toEqual(["abcdef", "abcdeg", "abcxef"]);
  });

  it("are told with what is not there, or where to look", () => {
    const error = (name: string, known: readonly string[]) => unknownName("unknown_feature", "feature", "feature in v", name, known);
    expect(error("abcdeg", ["abcdef", "abcdeh"])).toMatchObject({
      message: 'feature: there is no feature in v "abcdeg". Did you mean abcdef, or abcdeh?',
      status: 404,
      details: { field: "feature", nearest: ["abcdef", "abcdeh"] },
    });
    expect(error("zzz", ["abcdef"]).message).toBe('feature: there is no feature in v "zzz". GET /api/features lists what there is.');
  });
});
