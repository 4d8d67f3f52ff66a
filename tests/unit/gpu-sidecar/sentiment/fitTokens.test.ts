import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitTokens } from "../../../../gpu-sidecar/sentiment/fitTokens.ts";

const head = [1, 50, 51, 52];
const tail = [90, 91, 92];
const empty = [...head, ...tail];
const frame = { head, empty, limit: 12 };

describe("fitTokens", () => {
  it("leaves what fits as it is", () => {
    expect(fitTokens([...head, 7, 8, ...tail], frame)).toEqual({ tokens: [...head, 7, 8, ...tail], truncated: false, shared: 4 });
    expect(fitTokens([...head, 1, 2, 3, 4, 5, ...tail], frame).truncated).toBe(false);
  });

  it("cuts the end of the article, never the question behind it", () => {
    const long = [...head, 1, 2, 3, 4, 5, 6, 7, 8, ...tail];
    expect(fitTokens(long, frame)).toEqual({ tokens: [...head, 1, 2, 3, 4, 5, ...tail], truncated: true, shared: 4 });
  });

  it("shares nothing where the article's first letters changed the tokens of the beginning", () => {
    expect(fitTokens([1, 50, 51, 77, 8, ...tail], frame).shared).toBe(0);
  });

  it("takes no word of the article for part of the question, though it ends alike", () => {
    const long = [...head, 3, 4, 5, 6, 7, 52, 90, 91, 92, ...tail];
    expect(fitTokens(long, { ...frame, limit: 10 }).tokens).toEqual([...head, 3, 4, 5, ...tail]);
  });

  it("always fits, begins and ends as the prompt does, and keeps the article's beginning", () => {
    const article = fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 40 });
    fc.assert(
      fc.property(article, fc.integer({ min: 8, max: 30 }), (words, limit) => {
        const { tokens, truncated } = fitTokens([...head, ...words, ...tail], { head, empty, limit });
        expect(tokens.length).toBe(Math.min(limit, empty.length + words.length));
        expect(tokens.slice(0, 4)).toEqual(head);
        expect(tokens.slice(-3)).toEqual(tail);
        expect(tokens.slice(4, -3)).toEqual(words.slice(0, tokens.length - empty.length));
        expect(truncated).toBe(empty.length + words.length > limit);
      }),
    );
  });
});
