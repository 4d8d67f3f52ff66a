import { describe, expect, it } from "vitest";
import { compilePhrases } from "../../../../shared/news/text/phraseTrie.ts";
import { tokenize } from "../../../../shared/news/text/tokenize.ts";

describe("compilePhrases", () => {
  const trie = compilePhrases<number>(() => [
    ["rate cut", 1],
    ["rate cut bets", 2],
    ["MAS", 3],
    ["cut FIGURE jobs", 4],
    ["cut ANY jobs", 5],
  ]);
  const find = (text: string) => trie.match(tokenize(text), 0);

  it.for([
    ["rate cut", { value: 1, length: 2 }],
    ["rate-cut bets fade", { value: 2, length: 3 }],
    ["MAS holds", { value: 3, length: 1 }],
    ["mas holds", null],
    ["cut 300 jobs", { value: 4, length: 3 }],
    ["cut many jobs", { value: 5, length: 3 }],
    ["cut jobs", null],
    ["rates cut", null],
  ] as const)("%s", ([text, expected]) => {
    expect(find(text)).toEqual(expected);
    // Wherever it stands, its length counts from where it begins.
    expect(trie.match(tokenize(`Today they ${text}`), 2)).toEqual(expected);
  });
});

describe("compilePhrases, of phrases with spelling", () => {
  const match = (phrases: readonly (readonly [string, number])[], text: string, at = 0) =>
    compilePhrases<number>(() => phrases).match(tokenize(text), at);

  it.for([
    ["Fed chair", { value: 1, length: 2 }],
    ["FED Chair", { value: 1, length: 2 }],
    ["fed chair", null],
    ["Fed", null],
  ] as const)("a capital letter counts, the others do not: %s", ([text, expected]) => {
    expect(match([["Fed chair", 1]], text)).toEqual(expected);
  });

  it("finds each of the ways in which words may be written, the last that fits first", () => {
    const ways = [
      ["us", 1],
      ["US", 2],
      ["Us", 3],
    ] as const;
    expect(match(ways, "us")?.value).toBe(1);
    expect(match(ways, "US")?.value).toBe(3);
    expect(match(ways.slice(0, 2), "US")?.value).toBe(2);
    expect(match(ways.slice(0, 2), "Us")?.value).toBe(1);
    expect(match(ways, "Us")?.value).toBe(3);
  });

  it("of phrases that are the same the last one counts, in any of its ways", () => {
    expect(
      match(
        [
          ["rate cut", 1],
          ["rate cut", 2],
        ],
        "rate cut",
      )?.value,
    ).toBe(2);
    expect(
      match(
        [
          ["MAS", 1],
          ["mas", 2],
          ["MAS", 3],
        ],
        "MAS",
      )?.value,
    ).toBe(3);
    expect(
      match(
        [
          ["MAS", 1],
          ["mas", 2],
          ["MAS", 3],
        ],
        "mas",
      )?.value,
    ).toBe(2);
    expect(
      match(
        [
          ["Fed chair", 1],
          ["fed Chair", 2],
        ],
        "Fed chair",
      )?.value,
    ).toBe(1);
  });

  it("a wild card has no spelling of its own, beside words that have one", () => {
    expect(match([["MAS ANY policy", 1]], "MAS eases policy")).toEqual({ value: 1, length: 3 });
    expect(match([["MAS ANY policy", 1]], "mas eases policy")).toBeNull();
    expect(match([["cut FIGURE jobs", 1]], "cut two jobs")).toEqual({ value: 1, length: 3 });
  });

  it("ANY stands for a word, and FIGURE for a figure or a number word", () => {
    expect(match([["cut ANY jobs", 1]], "cut 300 jobs")).toBeNull();
    expect(match([["cut ANY jobs", 1]], "cut , jobs")).toBeNull();
    expect(match([["cut FIGURE jobs", 1]], "cut many jobs")).toBeNull();
    expect(match([["cut FIGURE jobs", 1]], "cut dozens jobs")?.value).toBe(1);
    expect(match([["by FIGURE", 1]], "by $5bn")?.length).toBe(2);
  });

  it("the longest wins, by whichever way it is found, and the exact one of equals", () => {
    const phrases = [
      ["cut two jobs", 1],
      ["cut FIGURE jobs", 2],
      ["cut ANY jobs", 3],
      ["cut ANY jobs today", 4],
      ["cut FIGURE jobs right now", 5],
    ] as const;
    expect(match(phrases, "cut two jobs")).toEqual({ value: 1, length: 3 });
    expect(match(phrases, "cut three jobs")).toEqual({ value: 2, length: 3 });
    expect(match(phrases, "cut two jobs today")).toEqual({ value: 4, length: 4 });
    expect(match(phrases, "cut two jobs right now")).toEqual({ value: 5, length: 5 });
    expect(match(phrases.toReversed(), "cut two jobs")).toEqual({ value: 1, length: 3 });
  });

  it("of a longer one that does not go on, the shorter one is found", () => {
    const phrases = [
      ["rate", 1],
      ["rate cut bets", 2],
      ["rate hike", 3],
      ["rate path", 4],
    ] as const;
    expect(match(phrases, "rate cut")).toEqual({ value: 1, length: 1 });
    expect(match(phrases, "rate cut bets")).toEqual({ value: 2, length: 3 });
    expect(match(phrases, "rate hike")).toEqual({ value: 3, length: 2 });
    expect(match(phrases, "a rate path", 1)).toEqual({ value: 4, length: 2 });
  });

  it("a phrase of nothing is none, and is found nowhere", () => {
    expect(
      match(
        [
          ["", 1],
          ["!!", 2],
        ],
        "rate cut",
      ),
    ).toBeNull();
    expect(match([["rate", 1]], "rate", 1)).toBeNull();
  });

  it("takes its phrases at the first look-up, once", () => {
    let taken = 0;
    const trie = compilePhrases<number>(() => {
      taken++;
      return [["rate", 1]];
    });
    expect(taken).toBe(0);
    for (const _ of [1, 2]) expect(trie.match(tokenize("rate"), 0)?.value).toBe(1);
    expect(taken).toBe(1);
  });
});
