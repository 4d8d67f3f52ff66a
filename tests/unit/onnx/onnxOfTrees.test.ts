import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Calibrator, calibrate } from "../../../shared/calibration/calibrator.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { parseTreeEnsemble } from "../../../shared/models/parseTreeEnsemble.ts";
import { predictRows, type TreeEnsemble } from "../../../shared/models/treeEnsemble.ts";
import { onnxOfTrees } from "../../../shared/onnx/onnxOfTrees.ts";
import { askOnnx } from "../../support/models/onnxSession.ts";
import { tinyModel } from "../../support/models/tinyModel.ts";

const TOLERANCE = 1e-6;

function readModel(version: string): TreeEnsemble {
  const file = new URL(`../../../data/fixtures/models/xgboost-${version}.json`, import.meta.url);
  return parseTreeEnsemble(JSON.stringify((JSON.parse(readFileSync(file, "utf8")) as { model: unknown }).model));
}

function largestDifference(one: Float32Array, other: Float32Array): number {
  return Math.max(...one.map((value, row) => Math.abs(value - other[row]!)));
}

/** Rows with values around a model's thresholds, missing ones among them. */
function someRows(width: number, rows: number, thresholds: readonly number[]): Float32Array {
  const random = createRandom(7);
  return Float32Array.from({ length: width * rows }, () => {
    const kind = random();
    if (kind < 0.1) return Number.NaN;
    return kind < 0.4 ? thresholds[Math.floor(random() * thresholds.length)]! : 4 * random() - 2;
  });
}

describe("onnxOfTrees", () => {
  it.each(["2.1.4", "3.4.1"])("says what a model of XGBoost %s says, thresholds and missing values included", async (version) => {
    const trees = readModel(version);
    const width = trees.feature_names.length;
    const matrix = someRows(width, 500, [...trees.values].filter(Number.isFinite));
    const expected = predictRows(trees, matrix);
    const { labels, probabilities } = await askOnnx(onnxOfTrees(trees), matrix, width);
    expect(largestDifference(probabilities, expected)).toBeLessThan(TOLERANCE);
    expect(labels).toEqual(Array.from(probabilities, (p) => (p >= 0.5 ? 1 : 0)));
    expect(new Set(probabilities).size).toBeGreaterThan(5);
  });

  // The operator's own label compares the margin with 1/2 where no leaf is negative, and a rise of 0.55 would be none.
  it.each([
    ["all leaves positive", 0.2, 0.9, [1, 1]],
    ["all leaves negative", -0.2, -0.9, [0, 0]],
    ["a half itself", 0, -0.9, [1, 0]],
  ])("labels by the probability: %s", async (_name, left, right, labels) => {
    const trees = parseTreeEnsemble(tinyModel(["a", "b"], { feature: 1, threshold: 0, left, right }));
    const answer = await askOnnx(onnxOfTrees(trees), Float32Array.of(0, -1, 0, 1), 2);
    expect(answer.labels).toEqual(labels);
  });

  it.each<[string, Calibrator]>([
    ["Platt", { kind: "platt", slope: 1.7, intercept: -0.2, rows: 900 }],
    ["isotonic", { kind: "isotonic", raw: [0.3, 0.45, 0.5, 0.62], calibrated: [0.4, 0.44, 0.55, 0.58], rows: 900 }],
    ["isotonic of one point", { kind: "isotonic", raw: [0.5], calibrated: [0.47], rows: 900 }],
  ])("calibrates as it is served: %s", async (_name, calibrator) => {
    const trees = readModel("3.4.1");
    const width = trees.feature_names.length;
    const matrix = someRows(width, 500, [...trees.values].filter(Number.isFinite));
    const expected = predictRows(trees, matrix).map((raw) => calibrate(calibrator, raw));
    const { labels, probabilities } = await askOnnx(onnxOfTrees(trees, calibrator), matrix, width);
    expect(largestDifference(probabilities, expected)).toBeLessThan(TOLERANCE);
    expect(labels).toEqual(Array.from(probabilities, (p) => (p >= 0.5 ? 1 : 0)));
  });

  it("has the same bytes each time", () => {
    const trees = () => parseTreeEnsemble(tinyModel(["a"], { feature: 0, threshold: 0, left: 0.1, right: 0.2 }));
    expect(onnxOfTrees(trees())).toEqual(onnxOfTrees(trees()));
  });
});
