import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../../../shared/errors.ts";
import { compareParity } from "../../../shared/models/parity.ts";
import { parseTreeEnsemble } from "../../../shared/models/parseTreeEnsemble.ts";
import { predictMargin, predictProbability, predictRows } from "../../../shared/models/treeEnsemble.ts";

interface Fixture {
  readonly model: unknown;
  readonly rows: readonly (readonly (number | null)[])[];
  readonly probabilities: readonly number[];
}

function readFixture(version: string): Fixture {
  return JSON.parse(readFileSync(new URL(`../../../data/fixtures/models/xgboost-${version}.json`, import.meta.url), "utf8")) as Fixture;
}

const NAMES = ["ret_1", "vol_20", "spread_bp"];

/** One tree: x0 < 0.5 (missing left) ? 0.25 : (x1 < -1 (missing right) ? -1 : 2); nodes 1 and 2 are children of 0. */
function smallModel() {
  return {
    version: [3, 4, 1],
    learner: {
      feature_names: ["a", "b"],
      learner_model_param: { base_score: "[5E-1]", num_feature: "2", num_class: "0", num_target: "1" },
      objective: { name: "binary:logistic" },
      gradient_booster: {
        name: "gbtree",
        model: {
          tree_info: [0],
          trees: [
            {
              tree_param: { size_leaf_vector: "1" },
              left_children: [1, -1, 3, -1, -1],
              right_children: [2, -1, 4, -1, -1],
              split_indices: [0, 0, 1, 0, 0],
              split_conditions: [0.5, 0.25, -1, -1, 2],
              default_left: [1, 0, 0, 0, 0] as (number | boolean)[],
              split_type: [0, 0, 0, 0, 0],
              categories_nodes: [] as number[],
            },
          ],
        },
      },
    },
  };
}

describe("parseTreeEnsemble on real models", () => {
  it.each(["2.1.4", "3.4.1"])("predicts as XGBoost %s did, bit for bit", (version) => {
    const { model, rows, probabilities } = readFixture(version);
    const trees = parseTreeEnsemble(JSON.stringify(model), NAMES);
    const matrix = Float32Array.from(rows.flat(), (value) => value ?? Number.NaN);
    expect(trees.xgboost_version).toBe(version);
    expect(trees.feature_names).toEqual(NAMES);
    expect(compareParity(probabilities, predictRows(trees, matrix))).toEqual({ rows: 24, mismatches: 0, largest_difference: 0 });
    expect(new Set(probabilities).size).toBeGreaterThan(5);
  });
});

describe("predictMargin", () => {
  const model = parseTreeEnsemble(JSON.stringify(smallModel()));
  const below = 0.5 - 2 ** -25;

  it.each([
    ["below the threshold goes left", [below, 9], 0.25],
    ["the threshold itself goes right", [0.5, 0], 2],
    ["missing follows default_left", [Number.NaN, 0], 0.25],
    ["missing goes right where default_left is 0", [1, Number.NaN], 2],
    ["a second level", [1, -1.5], -1],
    ["infinities are ordinary values", [Number.NEGATIVE_INFINITY, 0], 0.25],
  ])("%s", (_name, x, margin) => {
    expect(predictMargin(model, Float32Array.from(x))).toBe(margin);
  });

  it("reads the row at the offset, and refuses one that is cut off", () => {
    const matrix = Float32Array.of(0, 0, 1, -1.5, 1, 0);
    expect([0, 2, 4].map((offset) => predictMargin(model, matrix, offset))).toEqual([0.25, -1, 2]);
    expect(() => predictMargin(model, matrix, 5)).toThrow(/needs 2 from offset 5/);
    expect(() => predictRows(model, new Float32Array(3))).toThrow(/rows of 2/);
  });

  it("does not depend on the order in which nodes are stored", () => {
    const swapped = smallModel();
    const tree = swapped.learner.gradient_booster.model.trees[0]!;
    // The same tree with node 1 and node 4 exchanged.
    tree.left_children = [4, -1, 3, -1, -1];
    tree.right_children = [2, -1, 1, -1, -1];
    tree.split_conditions = [0.5, 2, -1, -1, 0.25];
    const other = parseTreeEnsemble(JSON.stringify(swapped));
    const value = fc.oneof(fc.constantFrom(0.5, -1, Number.NaN), fc.float({ noNaN: false }));
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(predictProbability(other, Float32Array.of(a, b))).toBe(predictProbability(model, Float32Array.of(a, b)));
      }),
      { seed: 4 },
    );
  });

  it("takes one class for none, as one target is one", () => {
    const one = smallModel();
    one.learner.learner_model_param.num_class = "1";
    expect(parseTreeEnsemble(JSON.stringify(one))).toEqual(parseTreeEnsemble(JSON.stringify(smallModel())));
  });

  it("starts at the logit of the base score, in both spellings", () => {
    for (const base_score of ["2.5E-1", "[2.5E-1]"]) {
      const skewed = smallModel();
      skewed.learner.learner_model_param.base_score = base_score;
      expect(parseTreeEnsemble(JSON.stringify(skewed)).base_margin).toBe(Math.fround(-Math.log(3)));
    }
  });
});

type SmallModel = ReturnType<typeof smallModel>;
const tree = (model: SmallModel) => model.learner.gradient_booster.model.trees[0]!;

/** What must be refused, and a word of the reason. */
const REFUSED: readonly (readonly [string, (model: SmallModel) => void, RegExp])[] = [
  ["dart", (m) => (m.learner.gradient_booster.name = "dart"), /booster is "dart"/],
  ["gblinear", (m) => (m.learner.gradient_booster.name = "gblinear"), /booster is "gblinear"/],
  ["dropout weights in gbtree", (m) => Object.assign(m.learner.gradient_booster, { weight_drop: [0.5] }), /dropout/],
  ["another objective", (m) => (m.learner.objective.name = "reg:squarederror"), /objective is "reg:squarederror"/],
  ["an old version", (m) => (m.version = [1, 7, 4]), /XGBoost 1/],
  ["several classes", (m) => (m.learner.learner_model_param.num_class = "3"), /3 classes/],
  ["several targets", (m) => (m.learner.learner_model_param.num_target = "2"), /2 targets/],
  ["several outputs", (m) => (m.learner.gradient_booster.model.tree_info = [1]), /several outputs/],
  ["vector leaves", (m) => (tree(m).tree_param.size_leaf_vector = "2"), /vector leaves/],
  ["a categorical split", (m) => (tree(m).split_type = [1, 0, 0, 0, 0]), /categories/],
  ["category tables", (m) => (tree(m).categories_nodes = [0]), /categories/],
  ["a base score of 1", (m) => (m.learner.learner_model_param.base_score = "[1E0]"), /base_score "\[1E0\]"/],
  ["a base score of 0", (m) => (m.learner.learner_model_param.base_score = "0E0"), /base_score "0E0"/],
  ["two base scores", (m) => (m.learner.learner_model_param.base_score = "[5E-1,4E-1]"), /base_score/],
  ["an empty base score", (m) => (m.learner.learner_model_param.base_score = "[]"), /base_score/],
  ["no trees", (m) => Object.assign(m.learner.gradient_booster.model, { trees: [], tree_info: [] }), /has no trees/],
  ["no feature names", (m) => (m.learner.feature_names = []), /does not name its features/],
  ["names for another width", (m) => (m.learner.feature_names = ["a"]), /names 1 feature but has 2/],
  ["a split on a feature that is not there", (m) => (tree(m).split_indices[0] = 2), /feature 2 of 2/],
  ["a child outside the tree", (m) => (tree(m).right_children[2] = 5), /child 5/],
  ["one child only", (m) => (tree(m).right_children[2] = -1), /child -1/],
  ["a loop", (m) => (tree(m).left_children[2] = 0), /reaches node 0 twice/],
  ["arrays of different lengths", (m) => tree(m).default_left.pop(), /default_left has 4 entries for 5 nodes/],
  ["a value beyond float32", (m) => (tree(m).split_conditions[1] = 1e39), /not finite/],
  ["a value that is not a number", (m) => Object.assign(tree(m).split_conditions, { 1: "0.25" }), /split_conditions\.1: expected a number/],
  ["values that are no array", (m) => Object.assign(tree(m), { split_conditions: { length: 5 } }), /split_conditions: expected an array/],
  ["a tree without nodes", (m) => (tree(m).left_children = []), /left_children: expected at least 1 element/],
  ["a child that is a fraction", (m) => (tree(m).left_children[0] = 0.5), /left_children\.0: expected a whole number/],
  ["a feature before the first", (m) => (tree(m).split_indices[0] = -1), /split_indices\.0: expected a whole number of 0 or more/],
  ["a flag that is a 2", (m) => (tree(m).default_left[1] = 2), /default_left\.1: expected 0, 1, true or false/],
];

describe("parseTreeEnsemble refuses", () => {
  it.each(REFUSED)("%s", (_name, spoil, reason) => {
    const model = smallModel();
    spoil(model);
    expect(() => parseTreeEnsemble(JSON.stringify(model))).toThrow(reason);
    expect(() => parseTreeEnsemble(JSON.stringify(model))).toThrow(expect.objectContaining({ code: "invalid_model" }));
  });

  it.each([
    ["text that is not JSON", "{", /not JSON/],
    ["UBJ", new Uint8Array([0x7b, 0x4c, 0xff]), /not JSON/],
    ["JSON of something else", "[1]", /not XGBoost's JSON format/],
  ])("%s", (_name, json, reason) => {
    expect(() => parseTreeEnsemble(json)).toThrow(AppError);
    expect(() => parseTreeEnsemble(json)).toThrow(reason);
  });

  it.each([
    [["a", "c"], /feature 1 is "b", the feature set has "c"/],
    [["b", "a"], /feature 0 is "a", the feature set has "b"/],
    [["a"], /takes 2 features, not the 1/],
  ])("the feature set %j", (names, reason) => {
    expect(() => parseTreeEnsemble(JSON.stringify(smallModel()), names)).toThrow(reason);
  });
});

describe("compareParity", () => {
  it.each([
    [[0.1, 0.2], [Math.fround(0.1), Math.fround(0.2)], { rows: 2, mismatches: 0, largest_difference: 0 }],
    [[0.5], [0.5 + 2 ** -24], { rows: 1, mismatches: 1, largest_difference: 2 ** -24 }],
    [[Number.NaN], [0.5], { rows: 1, mismatches: 1, largest_difference: 1 }],
    [[], [], { rows: 0, mismatches: 0, largest_difference: 0 }],
  ])("%j against %j", (expected, actual, result) => {
    expect(compareParity(expected, actual)).toEqual(result);
  });

  it("refuses different lengths", () => {
    expect(() => compareParity([1], [])).toThrow(RangeError);
  });
});
