import { describe, expect, it } from "vitest";
import { trainingParamsOf } from "../../../shared/models/trainingParams.ts";
import { TRAINING_PROFILES, trainingProfileOf } from "../../../shared/models/trainingProfile.ts";

describe("trainingParamsOf", () => {
  it.each([
    [undefined, {}],
    [null, {}],
    [
      { max_depth: 6, subsample: 0.5, seeds: [3, 4] },
      { max_depth: 6, subsample: 0.5, seeds: [3, 4] },
    ],
    [
      { learning_rate: 0.1, n_estimators: 100, reg_alpha: 0, reg_lambda: 2, min_split_loss: 1 },
      { eta: 0.1, rounds: 100, alpha: 0, lambda: 2, gamma: 1 },
    ],
  ])("reads %o", (params, expected) => {
    expect(trainingParamsOf(params)).toEqual(expected);
  });

  it.each([
    ["rounds", 1, 5_000],
    ["early_stopping_rounds", 0, 1_000],
    ["folds", 1, 50],
    ["window_days", 1, 36_500],
  ])("takes %s from %i to %i", (name, least, most) => {
    for (const value of [least, most]) expect(trainingParamsOf({ [name]: value })).toEqual({ [name]: value });
    for (const value of [least - 1, most + 1]) expect(() => trainingParamsOf({ [name]: value })).toThrow(`conf.params.${name}`);
  });

  it.each([
    ["no object", [1], "conf.params", /is not an object/],
    ["a number for an object", 7, "conf.params", /is not an object/],
    ["an unknown name", { max_dept: 6 }, "conf.params.max_dept", /is no parameter; parameters are eta, max_depth/],
    ["a name of every object", { toString: 1 }, "conf.params.toString", /is no parameter/],
    ["what features are", { lags: [1, 2] }, "conf.params.lags", /shared\/features\/registry/],
    ["a name twice", { eta: 0.1, learning_rate: 0.2 }, "conf.params.learning_rate", /given twice/],
    ["too deep", { max_depth: 99 }, "conf.params.max_depth", /99/],
    ["nothing sampled", { subsample: 0 }, "conf.params.subsample", /0/],
    ["a text", { rounds: "100" }, "conf.params.rounds", /"100"/],
    ["a fraction of a seed", { seeds: [1, 1.5] }, "conf.params.seeds.1", /1.5/],
    ["a seed twice", { seeds: [1, 2, 1] }, "conf.params.seeds", /there twice/],
  ])("refuses %s", (_name, params, field, words) => {
    expect(() => trainingParamsOf(params)).toThrow(words);
    expect(() => trainingParamsOf(params)).toThrow(expect.objectContaining({ code: "invalid_request", status: 422, details: { field } }));
  });
});

describe("trainingProfileOf with parameters and a horizon", () => {
  it("takes what the conf gives, and the profile's where it gives nothing", () => {
    const { nightly } = TRAINING_PROFILES;
    const profile = trainingProfileOf({ params: { max_depth: 6, rounds: 50, seeds: [9], early_stopping_rounds: 10 } });
    expect(profile).toEqual({
      ...nightly,
      rounds: 50,
      seeds: [9],
      early_stopping_rounds: 10,
      params: { ...nightly.params, max_depth: 6 },
    });
  });

  it("lets a leaf have as many rows at a longer horizon, whose labels weigh less", () => {
    const weight = TRAINING_PROFILES.backfill.params.min_child_weight;
    const at = (conf: object) => trainingProfileOf({ profile: "backfill", horizon_bars: 5, ...conf });
    expect(at({})).toMatchObject({ horizon_bars: 5, params: { min_child_weight: weight / 5 } });
    expect(at({ params: { min_child_weight: 7 } }).params.min_child_weight).toBe(7);
  });

  it.each([0, 2, "5", 25, 1.5])("%o bars is no horizon", (horizon_bars) => {
    expect(() => trainingProfileOf({ horizon_bars })).toThrow(/conf.horizon_bars: .* is not one of 1, 5, 12, 24/);
  });
});
