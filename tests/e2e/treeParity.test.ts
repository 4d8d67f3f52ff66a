import { beforeAll, describe, expect, it } from "vitest";
import { type Booster, type BoosterSettings, createBooster, loadBooster } from "../../gpu-sidecar/xgboost/booster.ts";
import { type CApi, loadCApi } from "../../gpu-sidecar/xgboost/cApi.ts";
import { checkCall } from "../../gpu-sidecar/xgboost/checkCall.ts";
import { createDMatrix, type DMatrix } from "../../gpu-sidecar/xgboost/dMatrix.ts";
import { ensureLibrary } from "../../gpu-sidecar/xgboost/fetchLibrary.ts";
import { givenModel } from "../../gpu-sidecar/xgboost/givenModel.ts";
import { meanModel } from "../../gpu-sidecar/xgboost/meanModel.ts";
import { createRandom } from "../../shared/domain/random.ts";
import { float32Sigmoid } from "../../shared/models/float32Sigmoid.ts";
import { compareParity } from "../../shared/models/parity.ts";
import { parseTreeEnsemble } from "../../shared/models/parseTreeEnsemble.ts";
import { predictMargin, predictRows } from "../../shared/models/treeEnsemble.ts";
import { FEATURE_MASK, FEATURE_WORD, LEFT_WORD, NODE_WORDS, type TreeEnsemble, VALUE_WORD } from "../../shared/models/treeLayout.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/** The evaluator that serves against the library that trains: equal float32 on every row, or serving answers another model. */

const COLUMNS = 10;
const NAMES = Array.from({ length: COLUMNS }, (_, i) => `feature_${i}`);
const TRAIN_ROWS = 1_200;
const TEST_ROWS = 1_500;
const PARITY = { rows: TEST_ROWS, mismatches: 0, largest_difference: 0 };

/** Rows with missing values, one column on a coarse grid (many ties), and about `base_rate` rises. */
function createData(seed: number, rows: number, base_rate: number) {
  const random = createRandom(seed);
  const matrix = new Float32Array(rows * COLUMNS);
  const label = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const value = random() + random() - 1;
      matrix[row * COLUMNS + column] = random() < 0.08 ? Number.NaN : column === 3 ? Math.round(value * 8) / 8 : value;
    }
    const signal = (matrix[row * COLUMNS] || 0) + (matrix[row * COLUMNS + 3] || 0);
    label[row] = random() + signal * 0.3 < base_rate ? 1 : 0;
  }
  return { matrix, label };
}

function splitsOf({ words, values }: TreeEnsemble): { feature: number; threshold: number }[] {
  const splits = [];
  for (let node = 0; node < words.length; node += NODE_WORDS) {
    if (words[node + LEFT_WORD] === 0) continue;
    splits.push({ feature: words[node + FEATURE_WORD]! & FEATURE_MASK, threshold: values[node + VALUE_WORD]! });
  }
  return splits;
}

/** The next float32 above or below, by its bits. */
function float32Neighbour(value: number, direction: 1 | -1): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value === 0 ? direction * 2 ** -149 : value);
  if (value !== 0) view.setUint32(0, view.getUint32(0) + (value > 0 ? direction : -direction));
  return view.getFloat32(0);
}

/** Fresh rows, each with four values that are a threshold of the model or the float32 next to one. */
function createHardRows(model: TreeEnsemble, seed: number): Float32Array {
  const random = createRandom(seed);
  const { matrix } = createData(seed, TEST_ROWS, 0.5);
  const splits = splitsOf(model);
  for (let row = 0; row < TEST_ROWS; row++) {
    for (let i = 0; i < 4; i++) {
      const { feature, threshold } = splits[Math.floor(random() * splits.length)]!;
      const kind = Math.floor(random() * 3);
      matrix[row * COLUMNS + feature] = kind === 0 ? threshold : float32Neighbour(threshold, kind === 1 ? 1 : -1);
    }
  }
  return matrix;
}

const CASES = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((max_depth) =>
  [0.5, 0.03, 0.97].map((base_rate) => ({ max_depth, base_rate, eta: max_depth % 2 === 0 ? 1.0 : 0.3 })),
);

describe("TypeScript trees against libxgboost", () => {
  let api: CApi;

  beforeAll(async () => {
    api = loadCApi((await ensureLibrary()).path);
  }, TIME_LIMIT_MS);

  function withBooster<T>(settings: BoosterSettings, rounds: number, base_rate: number, use: (booster: Booster, train: DMatrix) => T): T {
    const { matrix, label } = createData(17, TRAIN_ROWS, base_rate);
    const train = createDMatrix(api, matrix, COLUMNS, label);
    const booster = createBooster(
      api,
      train,
      { objective: "binary:logistic", tree_method: "hist", nthread: 1, seed: 5, ...settings },
      NAMES,
    );
    try {
      for (let round = 0; round < rounds; round++) booster.update(round);
      return use(booster, train);
    } finally {
      booster.free();
      train.free();
    }
  }

  function predictWithLibrary(booster: Pick<Booster, "predict">, matrix: Float32Array, base_margin?: Float32Array): Float32Array {
    const test = createDMatrix(api, matrix, COLUMNS);
    try {
      if (base_margin) checkCall(api, api.XGDMatrixSetFloatInfo(test.handle, "base_margin", base_margin, base_margin.length));
      return booster.predict(test);
    } finally {
      test.free();
    }
  }

  it.each(CASES)("depth $max_depth, base rate $base_rate, eta $eta: no row differs", ({ max_depth, base_rate, eta }) => {
    withBooster({ max_depth, eta, subsample: 0.8 }, 40, base_rate, (booster) => {
      const model = parseTreeEnsemble(booster.save("json"), NAMES);
      const matrix = createHardRows(model, 100 + max_depth);
      const expected = predictWithLibrary(booster, matrix);
      expect(compareParity(expected, predictRows(model, matrix))).toEqual(PARITY);
      expect(new Set(expected).size).toBeGreaterThan(10);
    });
  });

  it.each([0.001, 0.2, 0.5, 0.73, 0.999])("a base score of %d that was set by hand", (base_score) => {
    withBooster({ max_depth: 3, eta: 0.3, min_child_weight: 0, base_score }, 10, 0.5, (booster) => {
      const model = parseTreeEnsemble(booster.save("json"), NAMES);
      const matrix = createHardRows(model, 7);
      expect(compareParity(predictWithLibrary(booster, matrix), predictRows(model, matrix))).toEqual(PARITY);
    });
  });

  it.each([1, 2, 3, 5, 7])("the mean of %d seeds, which is one model of all their trees", (seeds) => {
    const models = Array.from({ length: seeds }, (_, seed) =>
      withBooster({ max_depth: 4, eta: 0.3, subsample: 0.7, seed }, 20, 0.4, (booster) => ({
        json: booster.save("json"),
        splits: booster.splits(),
      })),
    );
    const kept = loadBooster(api, meanModel(models.map(({ json }) => json)), { nthread: 1 });
    try {
      const mean = parseTreeEnsemble(kept.save("json"), NAMES);
      const matrix = createHardRows(mean, 9);
      expect(compareParity(predictWithLibrary(kept, matrix), predictRows(mean, matrix))).toEqual(PARITY);
      expect(mean.roots).toHaveLength(20 * seeds);
      expect(kept.splits()).toBe(models.reduce((sum, { splits }) => sum + splits, 0));
      const trees = models.map(({ json }) => parseTreeEnsemble(json, NAMES));
      for (let at = 0; at < matrix.length; at += COLUMNS) {
        const margins = trees.map((one) => predictMargin(one, matrix, at));
        expect(predictMargin(mean, matrix, at)).toBeCloseTo(margins.reduce((sum, margin) => sum + margin, 0) / seeds, 5);
      }
    } finally {
      kept.free();
    }
  });

  it.each([
    { feature_3: 0.25 },
    { feature_0: null },
    { feature_0: -0.1, feature_3: null, feature_7: 0 },
    Object.fromEntries(NAMES.slice(1).map((name) => [name, name === "feature_3" ? 1 : null])),
  ])("a model of the features that are left where %o is known", (given) => {
    const whole = withBooster({ max_depth: 6, eta: 0.3, gamma: 0.2 }, 30, 0.4, (booster) => booster.save("json"));
    const model = parseTreeEnsemble(whole, NAMES);
    const matrix = createHardRows(model, 11);
    // In another order than the model's.
    const open = NAMES.flatMap((name, column) => (name in given ? [] : [column])).reverse();
    const names = open.map((column) => NAMES[column]!);
    const narrow = new Float32Array(TEST_ROWS * open.length);
    for (let row = 0; row < TEST_ROWS; row++) {
      for (const [name, value] of Object.entries(given)) matrix[row * COLUMNS + NAMES.indexOf(name)] = value ?? Number.NaN;
      for (const [position, column] of open.entries()) narrow[row * open.length + position] = matrix[row * COLUMNS + column]!;
    }
    const part = loadBooster(api, givenModel(whole, { given, feature_names: names }), { nthread: 1 });
    const test = createDMatrix(api, narrow, open.length);
    try {
      const said = part.predict(test);
      expect(compareParity(predictRows(model, matrix), said)).toEqual(PARITY);
      expect(new Set(said).size).toBeGreaterThan(10);
      for (const format of ["json", "ubj"] as const) {
        const again = loadBooster(api, part.save(format), { nthread: 1 });
        expect(compareParity(said, again.predict(test))).toEqual(PARITY);
        again.free();
      }
      const own = parseTreeEnsemble(part.save("json"), names);
      expect(compareParity(said, predictRows(own, narrow))).toEqual(PARITY);
      expect([...part.totalGain().keys()].every((name) => names.includes(name))).toBe(true);
    } finally {
      for (const native of [part, test]) native.free();
    }
  });

  it("has no mean of models that start from different base scores", () => {
    const [one, other] = [0.4, 0.6].map((base_score) =>
      withBooster({ max_depth: 2, base_score }, 2, 0.5, (booster) => booster.save("json")),
    );
    expect(() => meanModel([one!, other!])).toThrow(/have no mean/);
  });

  it("counts no splits where nothing may split", () => {
    withBooster({ max_depth: 3, min_child_weight: 1e6 }, 3, 0.5, (booster) => {
      expect(booster.splits()).toBe(0);
      expect(booster.totalGain().size).toBe(0);
    });
  });

  it("the sigmoid of 200,000 margins from -110 to 110", () => {
    withBooster({ max_depth: 1, eta: 0.3 }, 1, 0.5, (booster) => {
      const model = { ...parseTreeEnsemble(booster.save("json"), NAMES), base_margin: 0 };
      const leaf = predictMargin(model, new Float32Array(COLUMNS).fill(Number.NaN));
      const random = createRandom(3);
      // Cubed, so that most margins are small, where neighbouring float32 are closest.
      const margins = Float32Array.from({ length: 200_000 }, () => 110 * (2 * random() - 1) ** 3);
      const missing = new Float32Array(margins.length * COLUMNS).fill(Number.NaN);
      const actual = margins.map((margin) => float32Sigmoid(Math.fround(margin + leaf)));
      const parity = compareParity(predictWithLibrary(booster, missing, margins), actual);
      expect(parity).toEqual({ rows: margins.length, mismatches: 0, largest_difference: 0 });
      // The plain formula fails here: this test can see one wrong bit.
      const naive = margins.map((margin) => 1 / Math.fround(Math.fround(Math.exp(-Math.fround(margin + leaf))) + 1));
      expect(compareParity(actual, naive).mismatches).toBeGreaterThan(0);
    });
  });
});
