import { describe, expect, it } from "vitest";
import { modelTraining } from "../../../../functions/pipelines/training/dag.ts";
import { modelValidation } from "../../../../functions/pipelines/validation/dag.ts";
import { POOLED } from "../../../../shared/domain/pooled.ts";

const PAIRS = ["EUR_USD", "USD_SGD"];
const CONF = { pooled: PAIRS };

describe("the conf of a pooled training", () => {
  it("has one instance of each task, whatever is configured; without it the pairs are those that are asked for", () => {
    expect(modelTraining.mapKeysOf!(CONF)).toEqual({ instrument: [POOLED] });
    expect(modelTraining.mapKeysOf!({})).toBeNull();
  });

  it("has a validation of what it made, and of nothing else", () => {
    const mapKeysOf = modelValidation.mapKeysOf!;
    expect(mapKeysOf({ versions: { [POOLED]: "1", EUR_USD: "4" } })).toEqual({ instrument: [POOLED, "EUR_USD"] });
    for (const versions of [undefined, null, {}, [], "1", { "": "1" }]) expect(mapKeysOf({ versions })).toBeNull();
  });

  it.each([
    [{ pooled: true }, "conf.pooled"],
    [{ pooled: ["EUR_USD"] }, "conf.pooled"],
    [{ pooled: ["EUR_USD", "EUR_USD"] }, "conf.pooled"],
    [{ pooled: ["EUR_USD", "eurusd"] }, "conf.pooled"],
    [{ pooled: PAIRS, horizon_bars: 6 }, "conf.horizon_bars"],
  ])("may not be %o", (conf, field) => {
    expect(() => modelTraining.requireConf!(conf)).toThrow(expect.objectContaining({ status: 422, details: { field } }));
  });
});
