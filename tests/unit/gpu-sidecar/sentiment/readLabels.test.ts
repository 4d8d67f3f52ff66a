import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLabels } from "../../../../gpu-sidecar/sentiment/readLabels.ts";

const IDS = { positive: 10, neutral: 11, negative: 12 };
const next = (positive: number, neutral: number, negative: number, others: number, largest = Math.max(positive, neutral, negative)) => {
  const weights = [positive, neutral, negative].reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  const logits = new Map([[10, positive], [11, neutral], [12, negative], [99, largest]] as const); // biome-ignore format: one line a token is no clearer
  return { logits, total_weight: weights + others };
};

describe("readLabels", () => {
  it("is a softmax over the three labels, and its mass the share that they have of everything", () => {
    const { probabilities, sentiment_score, label_mass } = readLabels(next(Math.log(6), Math.log(3), Math.log(1), 10 / 6), IDS);
    expect(probabilities.positive).toBeCloseTo(0.6, 12);
    expect(probabilities.neutral).toBeCloseTo(0.3, 12);
    expect(probabilities.negative).toBeCloseTo(0.1, 12);
    expect(sentiment_score).toBeCloseTo(0.5, 12);
    expect(label_mass).toBeCloseTo(0.5, 12);
  });

  it("has no confidence in an even answer, full confidence in a sure one, and little where the labels have no mass", () => {
    expect(readLabels(next(2, 2, 2, 0), IDS).confidence).toBeCloseTo(0, 12);
    expect(readLabels(next(60, 0, 0, 0), IDS).confidence).toBeCloseTo(1, 9);
    const lost = readLabels({ ...next(0, -60, -60, 0, 5), total_weight: 100 }, IDS);
    expect(lost.label_mass).toBeCloseTo(Math.exp(-5) / 100, 12);
    expect(lost.confidence).toBeCloseTo(lost.label_mass, 9);
    expect(lost.sentiment_score).toBeCloseTo(1, 12);
  });

  it("refuses logits that are no numbers, and labels that are missing", () => {
    expect(() => readLabels(next(Number.NaN, 0, 0, 0), IDS)).toThrow("not finite");
    expect(() => readLabels({ logits: new Map([[10, 1]]), total_weight: 1 }, IDS)).toThrow("not finite");
  });

  it("keeps every number in its range, whatever the logits", () => {
    const logit = fc.double({ min: -200, max: 200, noNaN: true });
    fc.assert(
      fc.property(logit, logit, logit, fc.double({ min: 0, max: 1e6, noNaN: true }), (a, b, c, others) => {
        const { probabilities, sentiment_score, confidence, label_mass } = readLabels(next(a, b, c, others), IDS);
        expect(probabilities.positive + probabilities.neutral + probabilities.negative).toBeCloseTo(1, 9);
        expect(Math.abs(sentiment_score)).toBeLessThanOrEqual(1);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(label_mass).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});
