import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { foreignXgboost } from "../../../shared/foreign/foreignXgboost.ts";
import { gaussLegendre } from "../../../shared/models/gaussLegendre.ts";
import { parseTreeEnsemble } from "../../../shared/models/parseTreeEnsemble.ts";
import { goesLeft } from "../../../shared/models/treeEnsemble.ts";
import { FEATURE_MASK, FEATURE_WORD, LEFT_WORD, NODE_WORDS, type TreeEnsemble, VALUE_WORD } from "../../../shared/models/treeLayout.ts";
import { createTreeExplainer } from "../../../shared/models/treeShap.ts";
import { coveredForest } from "../../support/models/coveredForest.ts";

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../../data/fixtures/models/${name}.json`, import.meta.url), "utf8"));
const golden = read("contributions") as Readonly<Record<string, readonly (readonly number[])[]>>;
const numbers = read("xgboost-3.4.1");
const categories = read("xgboost-3.2.0-categories");
const categoriesFile = new Uint8Array(Buffer.from(categories.ubj, "base64"));

/** XGBoost sums contributions in float32 over all trees. */
const TOLERANCE = 4e-6;

/** Shapley's formula as it stands, over every set of inputs: 2^width expectations, each by a walk over every tree. */
function byDefinition(model: TreeEnsemble, x: Float32Array): { bias: number; contributions: number[] } {
  const width = model.feature_names.length;
  const sets = Array.from({ length: 2 ** width }, (_, set) => model.roots.reduce((sum, root) => sum + expectation(model, x, set, root), 0));
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const contributions = Array.from({ length: width }, (_, feature) =>
    sets.reduce((sum, without, set) => {
      if ((set >> feature) & 1) return sum;
      const size = set.toString(2).replaceAll("0", "").length;
      const weight = (factorial(size) * factorial(width - size - 1)) / factorial(width);
      return sum + weight * (sets[set | (1 << feature)]! - without);
    }, 0),
  );
  return { bias: model.base_margin + sets[0]!, contributions };
}

function expectation(model: TreeEnsemble, x: Float32Array, set: number, node: number): number {
  const left = model.words[node + LEFT_WORD]!;
  if (left === 0) return model.values[node + VALUE_WORD]!;
  const below = (child: number) => expectation(model, x, set, child);
  const known = (set >> (model.words[node + FEATURE_WORD]! & FEATURE_MASK)) & 1;
  if (known) return below(goesLeft(model, node, x) ? left : left + NODE_WORDS);
  const [a, b] = [model.covers![left / NODE_WORDS]!, model.covers![left / NODE_WORDS + 1]!];
  return (a * below(left) + b * below(left + NODE_WORDS)) / (a + b);
}

function expectEqual(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  const worst = Math.max(...Array.from(expected, (value, index) => Math.abs(value - actual[index]!)));
  expect(worst).toBeLessThan(tolerance);
}

describe("contributions", () => {
  it.each([
    ["of numbers, by XGBoost 3.4.1", "xgboost-3.4.1", numbers.rows, parseTreeEnsemble(JSON.stringify(numbers.model))],
    [
      "of categories by their codes",
      "xgboost-3.2.0-categories",
      categories.rows,
      foreignXgboost(categoriesFile, false, categories.feature_names).trees,
    ],
  ])("%s, are XGBoost's own, missing values included", (_name, key, rows: readonly (readonly (number | null)[])[], model) => {
    const explain = createTreeExplainer(model)!;
    expect(golden[key]!.length).toBeGreaterThan(20);
    for (const [index, expected] of golden[key]!.entries()) {
      const { bias, contributions } = explain(Float32Array.from(rows[index]!, (value) => value ?? Number.NaN));
      expectEqual([...contributions, bias], expected, TOLERANCE);
    }
    expect(golden[key]!.some((row) => row.every((value) => Math.abs(value) > 0.01))).toBe(true);
  });

  it("of a model that is cut to its best rounds, sum to the margin of those rounds", () => {
    const explain = (is_cut: boolean) => createTreeExplainer(foreignXgboost(categoriesFile, is_cut, categories.feature_names).trees)!;
    const row = Float32Array.from(categories.rows[0] as (number | null)[], (value) => value ?? Number.NaN);
    const [cut, whole] = [explain(true)(row), explain(false)(row)];
    expect(Math.abs(sumOf(cut) - cut.margin)).toBeLessThan(TOLERANCE);
    expect(cut.bias).not.toBe(whole.bias);
  });

  it("are Shapley's values by their definition, where inputs come again on a path and where no training row went", () => {
    const value = fc.oneof(fc.constant(Number.NaN), fc.double({ min: -1, max: 1, noNaN: true }));
    const shape = fc.record({ seed: fc.nat(100_000), width: fc.integer({ min: 1, max: 5 }), depth: fc.integer({ min: 0, max: 7 }) });
    fc.assert(
      fc.property(shape, fc.array(value, { minLength: 5, maxLength: 5 }), ({ seed, width, depth }, row) => {
        const model = parseTreeEnsemble(coveredForest({ width, depth, trees: 3, random: createRandom(seed), empty_share: 0.1 }));
        const x = Float32Array.from(row.slice(0, width));
        const expected = byDefinition(model, x);
        const actual = createTreeExplainer(model)!(x);
        expectEqual([...actual.contributions, actual.bias], [...expected.contributions, expected.bias], 1e-11);
        expect(Math.abs(sumOf(actual) - actual.margin)).toBeLessThan(TOLERANCE);
      }),
      { seed: 11, numRuns: 150 },
    );
  });

  it("of one row do not depend on the rows before it", () => {
    const model = parseTreeEnsemble(coveredForest({ width: 8, depth: 6, trees: 20, random: createRandom(2), empty_share: 0 }));
    const random = createRandom(4);
    const rows = Array.from({ length: 20 }, () => Float32Array.from({ length: 8 }, () => 2 * random() - 1));
    const explain = createTreeExplainer(model)!;
    const kept = rows.map(explain);
    expect(rows.map((row) => createTreeExplainer(model)!(row))).toEqual(kept);
  });
});

describe("no contributions", () => {
  const forest = () => coveredForest({ width: 2, depth: 2, trees: 2, random: createRandom(1), empty_share: 0 });
  it("where the file does not say how many rows a node had, of any tree", () => {
    const model = JSON.parse(forest());
    delete model.learner.gradient_booster.model.trees[1].sum_hessian;
    expect(createTreeExplainer(parseTreeEnsemble(JSON.stringify(model)))).toBeNull();
  });

  it("where a split had no rows at all", () => {
    const model = JSON.parse(forest());
    model.learner.gradient_booster.model.trees[0].sum_hessian.fill(0);
    expect(createTreeExplainer(parseTreeEnsemble(JSON.stringify(model)))).toBeNull();
  });

  it("and no model where it says it of other nodes than there are", () => {
    const model = JSON.parse(forest());
    model.learner.gradient_booster.model.trees[0].sum_hessian.pop();
    expect(() => parseTreeEnsemble(JSON.stringify(model))).toThrow(/sum_hessian has 6 entries for 7 nodes/);
  });
});

describe("Gauss-Legendre", () => {
  it.each([1, 2, 3, 4, 7, 16, 64])("with %d points integrates polynomials of twice the degree less one", (count) => {
    const { points, weights } = gaussLegendre(count);
    for (let degree = 0; degree < 2 * count; degree++) {
      const sum = points.reduce((total, point, index) => total + weights[index]! * point ** degree, 0);
      expect(Math.abs(sum - 1 / (degree + 1))).toBeLessThan(1e-14);
    }
  });
});

function sumOf({ bias, contributions }: { readonly bias: number; readonly contributions: Float64Array }): number {
  return contributions.reduce((sum, value) => sum + value, bias);
}
