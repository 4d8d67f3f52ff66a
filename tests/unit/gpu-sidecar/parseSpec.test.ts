import { describe, expect, it } from "vitest";
import { parseBody } from "../../../gpu-sidecar/parseBody.ts";
import { checkSpec } from "../../../gpu-sidecar/training/checkSpec.ts";
import type { DatasetShape } from "../../../gpu-sidecar/training/datasetShape.ts";
import { requireSoundSpec } from "../../../gpu-sidecar/training/requireSoundSpec.ts";
import { submitJob, type TrainingSpec } from "../../../shared/contracts/training.ts";
import { jobIdOf } from "../../../shared/contracts/trainingJobId.ts";
import { AppError } from "../../../shared/errors.ts";

const good = {
  dataset: "a".repeat(64),
  feature_names: ["f_0", "f_1"],
  params: { eta: 0.1 },
  rounds: 10,
  seeds: [1, 2],
  folds: [
    { train: { start: 0, end: 10 }, test: { start: 12, end: 20 } },
    { train: { start: 0, end: 20 }, test: { start: 22, end: 30 } },
  ],
};
const PART = { name: "EUR_USD", given: { f_0: 1 }, feature_names: ["f_1"] };
const partsOf = (...parts: unknown[]) => ({ ...good, parts });

/** As the route takes it. */
function parseSpec(body: unknown): TrainingSpec {
  const spec = parseBody(submitJob.body.schema, body);
  requireSoundSpec(spec);
  return spec;
}
const fold = (train: [number, number], test: [number, number]) => ({
  train: { start: train[0], end: train[1] },
  test: { start: test[0], end: test[1] },
});

const INNER = [fold([0, 6], [7, 9]), fold([0, 9], [9, 12])];
const stopping = (folds: unknown, model = fold([0, 20], [24, 30])) => ({ ...good, early_stopping: { patience: 5, folds, model } });

function refused(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("expected an AppError");
}

describe("parseSpec", () => {
  it("fills in the defaults", () => {
    const spec = parseSpec(good);
    expect(spec).toMatchObject({ label: "y", device: "cpu", params: { eta: 0.1, max_depth: 3, subsample: 0.8 } });
  });

  it.for<[string, unknown, string]>([
    ["not an object", 7, "body"],
    ["no dataset", { ...good, dataset: undefined }, "dataset"],
    ["unknown field", { ...good, stop_early: 10 }, "body"],
    ["early stopping without its folds", { ...good, early_stopping: { patience: 5 } }, "early_stopping.folds"],
    ["an inner fold too few", stopping([fold([0, 6], [7, 9])]), "early_stopping.folds"],
    ["rounds chosen by the rows that are tested", stopping([fold([0, 6], [7, 9]), fold([0, 15], [16, 23])]), "early_stopping.folds[1]"],
    [
      "an inner fold that learns from its test rows",
      stopping([fold([0, 8], [7, 9]), fold([0, 9], [9, 12])]),
      "early_stopping.folds[0].train.end",
    ],
    ["an empty inner fold of the kept model", stopping(INNER, fold([0, 6], [7, 7])), "early_stopping.model.test"],
    ["weights among what is no feature", { ...good, uniqueness: { start: "a", end: "b", among: ["f_9"] } }, "uniqueness.among"],
    ["a part twice", partsOf(PART, PART), "parts[1].name"],
    ["a part of a feature that the model has not", partsOf({ ...PART, given: { f_9: 1 } }), "parts[0]"],
    ["a part in which a feature is both given and asked for", partsOf({ ...PART, given: { f_0: 1, f_1: null } }), "parts[0]"],
    ["a part that leaves a feature out", partsOf({ ...PART, given: {} }), "parts[0]"],
    ["a part of no feature", partsOf({ ...PART, given: { f_0: 1, f_1: 0 }, feature_names: [] }), "parts[0].feature_names"],
    ["a part whose name is a path", partsOf({ ...PART, name: "../x" }), "parts[0].name"],
    ["parameter that XGBoost would ignore", { ...good, params: { n_jobs: 4 } }, "params"],
    ["depth out of bounds", { ...good, params: { max_depth: 99 } }, "params.max_depth"],
    ["no seeds", { ...good, seeds: [] }, "seeds"],
    ["seed twice", { ...good, seeds: [3, 3] }, "seeds[1]"],
    ["feature twice", { ...good, feature_names: ["a", "b", "a"] }, "feature_names[2]"],
    ["label as a feature", { ...good, feature_names: ["a", "y"] }, "feature_names[1]"],
    ["name that XGBoost garbles", { ...good, feature_names: ["a<b"] }, "feature_names[0]"],
    ["empty range", { ...good, folds: [fold([5, 5], [6, 7])] }, "folds[0].train"],
    ["empty test", { ...good, folds: [fold([0, 5], [6, 6])] }, "folds[0].test"],
    ["training on the test rows", { ...good, folds: [fold([0, 15], [12, 20])] }, "folds[0].train.end"],
    ["training on the future", { ...good, folds: [fold([20, 30], [0, 10])] }, "folds[0].train.end"],
    ["row tested twice", { ...good, folds: [fold([0, 5], [10, 20]), fold([0, 5], [15, 25])] }, "folds[1].test"],
    ["fraction of a row", { ...good, folds: [fold([0, 5.5], [10, 20])] }, "folds[0].train.end"],
  ])("refuses: %s", ([, body, field]) => {
    const error = refused(() => parseSpec(body));
    expect(error).toMatchObject({ code: "invalid_request", status: 422 });
    expect(error.details["field"]).toBe(field);
    expect(error.message.startsWith(`${field}: `)).toBe(true);
  });
});

describe("checkSpec", () => {
  const number = { type: "DOUBLE", numeric: true };
  const shape = (rows: number, names = ["f_0", "f_1", "y"]): DatasetShape => ({
    rows,
    columns: new Map(names.map((name) => [name, number])),
  });

  it("accepts a spec that fits", () => expect(() => checkSpec(parseSpec(good), shape(30))).not.toThrow());

  it.for<[string, DatasetShape, string, string]>([
    ["folds outside", shape(29), "folds[1].test.end", "the dataset has 29 rows"],
    ["feature missing", shape(30, ["f_0", "y"]), "feature_names[1]", `"f_1" is not a column`],
    ["label missing", shape(30, ["f_0", "f_1"]), "label", `"y" is not a column`],
    [
      "text column",
      { rows: 30, columns: new Map([...shape(30).columns, ["f_0", { type: "BYTE_ARRAY", numeric: false }]]) },
      "feature_names[0]",
      "BYTE_ARRAY",
    ],
    ["too large", shape(2 ** 28), "dataset", "at most"],
  ])("refuses: %s", ([, dataset, field, words]) => {
    const error = refused(() => checkSpec(parseSpec(good), dataset));
    expect(error.status).toBe(422);
    expect(error.details["field"]).toBe(field);
    expect(error.message).toContain(words);
  });
});

describe("jobIdOf", () => {
  it("does not depend on the order of keys or on written-out defaults", () => {
    const reordered = Object.fromEntries(Object.entries({ ...good, label: "y", device: "cpu" }).reverse());
    expect(jobIdOf(parseSpec(reordered))).toBe(jobIdOf(parseSpec(good)));
  });

  it("changes with every part of the spec", () => {
    const variants = [
      good,
      { ...good, rounds: 11 },
      { ...good, seeds: [2, 1] },
      { ...good, params: { eta: 0.2 } },
      { ...good, feature_names: ["f_1", "f_0"] },
    ];
    expect(new Set(variants.map((spec) => jobIdOf(parseSpec(spec)))).size).toBe(variants.length);
  });
});
