import { describe, expect, it } from "vitest";
import { compareWithBaselines, evaluateDirection } from "../../../shared/metrics/evaluateDirection.ts";
import { Z_95 } from "../../../shared/metrics/interval.ts";
import { logLossDifference } from "../../../shared/metrics/logLossDifference.ts";

describe("logLossDifference", () => {
  it("matches a hand-computed pair", () => {
    // Differences ln(0.5/0.8) and ln(0.5/0.6): half their sum, and half the distance as se.
    const [a, b] = [Math.log(0.5 / 0.8), Math.log(0.5 / 0.6)];
    const result = logLossDifference({ y: [1, 0], p: [0.8, 0.4], baseline: [0.5, 0.5] })!;
    expect(result.estimate).toBeCloseTo((a + b) / 2, 12);
    expect(result.standard_error).toBeCloseTo(Math.abs(a - b) / 2, 12);
    expect(result.high).toBeCloseTo((a + b) / 2 + (Z_95 * Math.abs(a - b)) / 2, 12);
    expect(result.statistic).toBeCloseTo((a + b) / Math.abs(a - b), 12);
  });

  it("of a model with itself is exactly 0, without a statistic", () => {
    const p = [0.3, 0.6, 0.9];
    expect(logLossDifference({ y: [0, 1, 1], p, baseline: p })).toEqual({
      estimate: 0,
      low: 0,
      high: 0,
      standard_error: 0,
      statistic: null,
    });
  });

  it("changes its sign when model and baseline change places", () => {
    const input = { y: [0, 1, 1, 0], p: [0.3, 0.6, 0.9, 0.5], baseline: [0.4, 0.4, 0.7, 0.2], lag: 1 };
    const one = logLossDifference(input)!;
    const other = logLossDifference({ ...input, p: input.baseline, baseline: input.p })!;
    expect(other.estimate).toBeCloseTo(-one.estimate, 12);
    expect(other.low).toBeCloseTo(-one.high, 12);
  });

  it("is null for fewer than two rows", () => {
    expect(logLossDifference({ y: [1], p: [0.5], baseline: [0.5] })).toBeNull();
  });
});

describe("evaluateDirection", () => {
  it("gathers every metric of the rows", () => {
    const result = evaluateDirection({ y: [1, 0, 1, 0], p: [0.9, 0.2, 0.4, 0.3], lag: 1 });
    expect(result).toMatchObject({ n: 4, base_rate: 0.5, lag: 1, auc: { estimate: 1 }, accuracy: { estimate: 0.75 } });
    expect(result.log_loss!.estimate).toBeCloseTo(-(Math.log(0.9) + Math.log(0.8) + Math.log(0.4) + Math.log(0.7)) / 4, 12);
    expect(result.brier!.estimate).toBeCloseTo((0.01 + 0.04 + 0.36 + 0.09) / 4, 12);
  });

  it.each([
    ["no rows", [], [], { n: 0, base_rate: null, lag: 0, log_loss: null, brier: null, auc: null, accuracy: null }],
    ["one class", [1, 1], [0.6, 0.7], { n: 2, base_rate: 1, auc: null, accuracy: { estimate: 1 } }],
  ])("has null, never NaN, with %s", (_name, y, p, expected) => {
    const result = evaluateDirection({ y, p });
    expect(result).toMatchObject(expected);
    // JSON turns NaN and infinities into null: equal only when there are none.
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("widens log loss and Brier for rows of the same hour", () => {
    const y = [1, 1, 0, 0, 1, 1];
    const p = [0.9, 0.8, 0.4, 0.5, 0.6, 0.5];
    const alone = evaluateDirection({ y, p });
    const pooled = evaluateDirection({ y, p, clusters: [1, 1, 2, 2, 3, 3] });
    expect(pooled.log_loss!.estimate).toBe(alone.log_loss!.estimate);
    expect(pooled.log_loss!.high).toBeGreaterThan(alone.log_loss!.high);
    expect(pooled.accuracy).toEqual(alone.accuracy);
  });
});

describe("compareWithBaselines", () => {
  it("scores all of them on the same rows and pairs their losses", () => {
    const y = [1, 0, 1, 0];
    const p = [0.9, 0.2, 0.6, 0.3];
    const baselines = { majority: [0.5, 0.5, 0.5, 0.5], momentum: [0.4, 0.6, 0.4, 0.6], logistic: [0.8, 0.3, 0.6, 0.4] };
    const result = compareWithBaselines({ y, p, baselines });
    expect(result.model).toEqual(evaluateDirection({ y, p }));
    expect(result.majority.log_loss!.estimate).toBeCloseTo(Math.LN2, 12);
    expect(result.versus_momentum).toEqual(logLossDifference({ y, p, baseline: baselines.momentum }));
    expect(result.versus_logistic).toEqual(logLossDifference({ y, p, baseline: baselines.logistic }));
    expect(result.versus_majority!.estimate).toBeCloseTo(result.model.log_loss!.estimate - Math.LN2, 12);
  });
});
