import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createBooster } from "../../gpu-sidecar/xgboost/booster.ts";
import { type CApi, loadCApi } from "../../gpu-sidecar/xgboost/cApi.ts";
import { createDMatrix } from "../../gpu-sidecar/xgboost/dMatrix.ts";
import { ensureLibrary } from "../../gpu-sidecar/xgboost/fetchLibrary.ts";
import { givenModel } from "../../gpu-sidecar/xgboost/givenModel.ts";
import { meanModel } from "../../gpu-sidecar/xgboost/meanModel.ts";
import { readModelJson, writeModelJson } from "../../gpu-sidecar/xgboost/modelJson.ts";
import { createRandom } from "../../shared/domain/random.ts";
import { parseTreeEnsemble } from "../../shared/models/parseTreeEnsemble.ts";
import { createTreeExplainer } from "../../shared/models/treeShap.ts";
import { libraryContributions } from "../support/sidecar/libraryContributions.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";

/** What this project says of a row's inputs against pred_contribs of the library that trained the model. */

const COLUMNS = 10;
const NAMES = Array.from({ length: COLUMNS }, (_, index) => `feature_${index}`);
/** The library sums in float32. */
const TOLERANCE = 4e-6;

describe.skipIf(!(await hasLibrary()))("contributions beside libxgboost's", () => {
  const open = async (): Promise<CApi> => loadCApi((await ensureLibrary()).path);

  it("are equal within 4e-6: 100 trees of depth 6, missing values, a mean of seeds", async () => {
    const api = await open();
    const seeds = [1, 2].map((seed) => trained(api, { max_depth: 6, eta: 0.3, subsample: 0.8, seed }, 50));
    const model = meanModel(seeds);
    expect(worstDifference(api, model, 200)).toBeLessThan(TOLERANCE);
    expect(parseTreeEnsemble(model).roots).toHaveLength(100);
  });

  it.each([
    ["exact splits, where missing values go left", { max_depth: 4, tree_method: "exact" }],
    ["trees that are one leaf", { max_depth: 3, min_child_weight: 1e6 }],
    ["a depth of 12 with lone rows in leaves", { max_depth: 12, min_child_weight: 0, eta: 1 }],
    ["a base score that was set", { max_depth: 3, base_score: 0.03 }],
  ])("are equal within 4e-6: %s", async (_name, settings) => {
    const api = await open();
    expect(worstDifference(api, trained(api, settings, 20), 100)).toBeLessThan(TOLERANCE);
  });

  it("of a model whose inputs are known in part, still sum to the margin, from a mean over all of its leaves", async () => {
    const api = await open();
    const given = { feature_0: -0.1, feature_3: null };
    const names = NAMES.filter((name) => !(name in given));
    const part = parseTreeEnsemble(givenModel(trained(api, { max_depth: 5 }, 20), { given, feature_names: names }), names);
    const random = createRandom(3);
    const { margin, bias, contributions } = createTreeExplainer(part)!(Float32Array.from(names, () => 2 * random() - 1));
    expect(Math.abs(contributions.reduce((sum, value) => sum + value, bias) - margin)).toBeLessThan(TOLERANCE);
  });

  it("are those of the golden file", async () => {
    const api = await open();
    const read = (name: string) => JSON.parse(readFileSync(new URL(`../../data/fixtures/models/${name}.json`, import.meta.url), "utf8"));
    const golden = read("contributions");
    const [numbers, categories] = [read("xgboost-3.4.1"), read("xgboost-3.2.0-categories")];
    const document = readModelJson(new TextEncoder().encode(JSON.stringify(numbers.model)));
    const files: [string, Uint8Array, (number | null)[][]][] = [
      ["xgboost-3.4.1", writeModelJson(document, document.learner.gradient_booster.model.trees), numbers.rows],
      ["xgboost-3.2.0-categories", new Uint8Array(Buffer.from(categories.ubj, "base64")), categories.rows],
    ];
    for (const [key, file, rows] of files) {
      const matrix = Float32Array.from(rows.flat(), (value) => value ?? Number.NaN);
      const said = libraryContributions(api, file, matrix, rows[0]!.length);
      expect(largest(said.flatMap((row, at) => Array.from(row, (value, column) => value - golden[key][at][column])))).toBeLessThan(1e-6);
    }
  });

  function trained(api: CApi, settings: Readonly<Record<string, string | number>>, rounds: number): Uint8Array {
    const { matrix, label } = createRows(17, 1_200);
    const train = createDMatrix(api, matrix, COLUMNS, label);
    const booster = createBooster(api, train, { objective: "binary:logistic", tree_method: "hist", nthread: 1, ...settings }, NAMES);
    try {
      for (let round = 0; round < rounds; round++) booster.update(round);
      return booster.save("json");
    } finally {
      booster.free();
      train.free();
    }
  }

  function worstDifference(api: CApi, model: Uint8Array, rows: number): number {
    const { matrix } = createRows(23, rows);
    const explain = createTreeExplainer(parseTreeEnsemble(model, NAMES))!;
    const expected = libraryContributions(api, model, matrix, COLUMNS);
    return largest(
      expected.flatMap((row, at) => {
        const { margin, bias, contributions } = explain(matrix.slice(at * COLUMNS, (at + 1) * COLUMNS));
        const sum = contributions.reduce((total, value) => total + value, bias);
        return [...[...contributions, bias].map((value, column) => value - row[column]!), sum - margin];
      }),
    );
  }
});

/** Rows of which one value in twelve is missing. */
function createRows(seed: number, rows: number): { matrix: Float32Array; label: Float32Array } {
  const random = createRandom(seed);
  const matrix = Float32Array.from({ length: rows * COLUMNS }, () => (random() < 1 / 12 ? Number.NaN : 2 * random() - 1));
  const label = Float32Array.from({ length: rows }, (_, row) => (random() + (matrix[row * COLUMNS] || 0) / 3 < 0.4 ? 1 : 0));
  return { matrix, label };
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
