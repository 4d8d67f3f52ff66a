import { describe, expect, it } from "vitest";
import { compareWithBaselines } from "../../../shared/metrics/evaluateDirection.ts";
import { type Evaluation, evaluationSchema } from "../../../shared/models/evaluation.ts";

/** An evaluation of `rows` rows, as evaluate_model writes it. */
function evaluationOf(rows: number): Evaluation {
  const y = Array.from({ length: rows }, (_, row) => row % 2);
  const p = y.map((label, row) => 0.4 + 0.1 * label + 0.001 * row);
  const constant = y.map(() => 0.5);
  return {
    run_id: "r",
    model_name: "USD_SGD_direction_h1",
    instrument: "USD_SGD",
    dataset: "d",
    profile: "nightly",
    compared: compareWithBaselines({ y, p, baselines: { majority: constant, momentum: constant }, lag: 0 }),
    seeds: [{ seed: 1, log_loss: null, accuracy: 0.5 }],
    out_of_fold: { rows: y.map((_, row) => row), predictions: p },
    importance: { ret_1: 1 },
    parity: { rows: 256, mismatches: 0, largest_difference: 0 },
  };
}

describe("the stored evaluation", () => {
  it.each([[40], [1]])("of %i rows survives JSON", (rows) => {
    const evaluation = evaluationOf(rows);
    expect(evaluationSchema.parse(JSON.parse(JSON.stringify(evaluation)))).toEqual(evaluation);
  });

  it("keeps a metric that is not defined as null", () => {
    expect(evaluationOf(1).compared.model.auc).toBeNull();
    expect(evaluationOf(1).compared.versus_majority).toBeNull();
  });

  it("refuses one without its out-of-fold rows", () => {
    expect(evaluationSchema.safeParse({ ...evaluationOf(4), out_of_fold: undefined }).success).toBe(false);
  });
});
