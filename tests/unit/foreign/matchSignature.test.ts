import { describe, expect, it } from "vitest";
import { judgeForeign } from "../../../shared/foreign/judgeForeign.ts";
import { matchSignature } from "../../../shared/foreign/matchSignature.ts";
import { readMlmodel } from "../../../shared/foreign/readMlmodel.ts";
import type { FeatureService } from "../../../shared/models/featureServiceOf.ts";

const serviceOf = (name: string, names: readonly string[]): FeatureService => ({
  name,
  instrument: "USD_SGD",
  views: [],
  features: names.map((feature) => ({ name: feature, view: "v", version: 1, dtype: "double" })),
  feature_set_hash: "h",
});
const SERVICES = [serviceOf("market", ["a", "b", "c"]), serviceOf("market+news", ["a", "b", "c", "n", "m"])];
const inputs = (...names: readonly string[]) => names.map((name) => ({ name, type: "double" }));

describe("matchSignature", () => {
  it.each([
    [["a", "b", "c"], "market"],
    [["a", "b", "c", "n", "m"], "market+news"],
  ])("%j are the features of %s", (names, service) => {
    expect(matchSignature(inputs(...names), SERVICES).name).toBe(service);
    expect(
      matchSignature(
        names.map((name) => ({ name, type: "float" })),
        SERVICES,
      ).name,
    ).toBe(service);
  });

  it.each<[string, readonly { name: string; type: string }[], string]>([
    ["missing", inputs("a", "c"), "feature service market (3 features): missing: b."],
    ["extra", inputs("a", "b", "c", "x"), "market (3 features): extra: x."],
    ["order", inputs("a", "c", "b"), "market (3 features): order: input 1 is c, the feature there is b."],
    ["twice", inputs("a", "b", "c", "a"), "market (3 features): named twice: a."],
    ["dtype", [...inputs("a", "b"), { name: "c", type: "long" }], "market (3 features): dtype: c is long, every feature is double."],
    ["the closest", inputs("a", "b", "c", "n", "x"), "market+news (5 features): missing: m; extra: x."],
    ["twice, for another", inputs("a", "b", "a"), "market (3 features): missing: c; named twice: a."],
    ["the closest by its types", [...inputs("a", "b", "c"), { name: "n", type: "long" }], "market (3 features): extra: n."],
    ["nothing", [], "market (3 features): missing: a, b, c."],
  ])("says the difference: %s", (_name, given, message) => {
    expect(() => matchSignature(given, SERVICES)).toThrow(message);
  });

  it("takes the one whose order it is, of two with the same features", () => {
    const services = [serviceOf("one way", ["a", "b", "c"]), serviceOf("the other", ["c", "b", "a"])];
    expect(matchSignature(inputs("c", "b", "a"), services).name).toBe("the other");
  });

  it.each([
    [8, "missing: f0, f1, f2, f3, f4, f5, f6, f7."],
    [9, "missing: f0, f1, f2, f3, f4, f5, f6, f7 and 1 more."],
  ])("of %i missing features names eight", (count, message) => {
    const names = Array.from({ length: count }, (_, index) => `f${index}`);
    expect(() => matchSignature([], [serviceOf("wide", names)])).toThrow(message);
  });

  it("refuses where there is nothing to compare with", () => {
    expect(() => matchSignature(inputs("a"), [])).toThrow(/no feature service/);
  });
});

const MLMODEL = `flavors:
  python_function:
    loader_module: mlflow.xgboost
  xgboost:
    code: null
    data: model.ubj
    model_class: xgboost.core.Booster
signature:
  inputs: '[{"type": "double", "name": "a", "required":
    true}, {"type": "long", "name": "b"}]'
  outputs: '[]'
`;

describe("readMlmodel", () => {
  it("reads what MLflow writes, lines that it broke too", () => {
    expect(readMlmodel(MLMODEL)).toEqual({
      flavor: "xgboost",
      file: "model.ubj",
      is_estimator: false,
      inputs: [
        { name: "a", type: "double" },
        { name: "b", type: "long" },
      ],
    });
    expect(readMlmodel(MLMODEL.replace("xgboost.core.Booster", "xgboost.sklearn.XGBClassifier")).is_estimator).toBe(true);
  });

  it.each([
    ["no YAML", "{", /^its MLmodel is no YAML: (?!YAMLParseError)/],
    ["another document", "a: 1", /not MLflow's/],
    ["another flavor", MLMODEL.replace("  xgboost:", "  sklearn:"), /its flavors are python_function, sklearn/],
    ["a regressor", MLMODEL.replace("xgboost.core.Booster", "xgboost.sklearn.XGBRegressor"), /XGBRegressor/],
    ["no signature", MLMODEL.slice(0, MLMODEL.indexOf("signature")), /no signature/],
    ["a signature of tensors", MLMODEL.replace(/inputs: '[^']*'/, `inputs: '[{"type": "tensor"}]'`), /does not name its inputs/],
    ["a file elsewhere", MLMODEL.replace("model.ubj", "../../other/model.ubj"), /outside its folder/],
  ])("refuses %s", (_name, text, message) => {
    expect(() => readMlmodel(text)).toThrow(message);
  });
});

describe("judgeForeign", () => {
  const rows = 400;
  const y = Array.from({ length: rows }, (_, row) => row % 2);
  const judge = (p: readonly number[], is_unseen = y.map(() => true)) => judgeForeign({ p, y, is_unseen, max_plausible_accuracy: 0.55 });
  const honest = y.map((_, row) => (row % 3 === 0 ? 0.51 : 0.49));

  it("says what is known of it, and what is not", () => {
    expect(judge(honest)).toMatch(/^On 400 rows decided after it was logged: accuracy /);
    expect(
      judge(
        honest,
        y.map(() => false),
      ),
    ).toMatch(/^Only 0 rows .* its accuracy on older ones says nothing/);
    // In its own training rows a model may be right as often as it likes.
    expect(
      judge(
        y.map((up) => (up === 1 ? 0.9 : 0.1)),
        y.map(() => false),
      ),
    ).toMatch(/^Only 0 rows/);
  });

  it.each([
    ["no probability", honest.map((p, row) => (row === 7 ? Number.NaN : p)), /says NaN/],
    ["a number below 0", honest.map((p, row) => (row === 7 ? -0.001 : p)), /says -0.001/],
    ["a number above 1", honest.map((p, row) => (row === 7 ? 1.001 : p)), /says 1.001/],
    ["one answer to everything", honest.map(() => 0.5), /goes by nothing/],
    ["more than anybody knows", y.map((up) => (up === 1 ? 0.6 : 0.4)), /above the plausible limit/],
  ])("refuses %s", (_name, p, message) => {
    expect(() => judge(p)).toThrow(message);
  });

  it("takes certainty for a probability", () => {
    expect(judge(honest.map((p, row) => (row === 7 ? 0 : row === 8 ? 1 : p)))).toMatch(/^On 400 rows/);
  });

  it.each([
    [199, /^Only 199 rows/],
    [200, /^On 200 rows decided after it was logged/],
  ])("goes by unseen rows from 200 on: of %i", (unseen, said) => {
    expect(
      judge(
        honest,
        y.map((_, row) => row >= rows - unseen),
      ),
    ).toMatch(said);
  });

  it("refuses to judge without a row", () => {
    expect(() => judgeForeign({ p: [], y: [], is_unseen: [], max_plausible_accuracy: 0.55 })).toThrow(/no row of the record/);
  });
});
