import { describe, expect, it } from "vitest";
import { evaluationSchema } from "../../../shared/models/evaluation.ts";
import { evaluationOf } from "../../support/models/evaluationOf.ts";

describe("the stored evaluation", () => {
  it.each([[40], [1]])("of %i rows survives JSON", (rows) => {
    const evaluation = evaluationOf(rows);
    expect(evaluationSchema.parse(JSON.parse(JSON.stringify(evaluation)))).toEqual(evaluation);
  });

  it("keeps a metric that is not defined as null", () => {
    const { compared, net } = evaluationOf(1).hours.all;
    expect(compared.model.auc).toBeNull();
    expect(compared.versus_majority).toBeNull();
    expect(net).toEqual({ trades: 0, without_price: 1, net_bp: null });
  });

  it("of before calibration is read: what the trees said was served", () => {
    const { calibration: _c, out_of_fold, ...rest } = evaluationOf(40);
    const { raw_predictions: _r, ...old } = out_of_fold;
    expect(evaluationSchema.parse(JSON.parse(JSON.stringify({ ...rest, out_of_fold: old })))).toEqual({
      ...rest,
      out_of_fold: old,
      calibration: null,
    });
  });

  it("refuses one without its out-of-fold rows", () => {
    expect(evaluationSchema.safeParse({ ...evaluationOf(4), out_of_fold: undefined }).success).toBe(false);
  });
});
