import { describe, expect, it } from "vitest";
import { expandPhrase, phrasesOf } from "../../../../shared/news/text/expandPhrase.ts";

describe("expandPhrase", () => {
  it("writes out alternatives, empty ones too", () => {
    expect(expandPhrase("(beat|top) (its|) goal")).toEqual(["beat its goal", "beat goal", "top its goal", "top goal"]);
    expect(phrasesOf("a b,\n c")).toEqual(["a b", "c"]);
  });
});
