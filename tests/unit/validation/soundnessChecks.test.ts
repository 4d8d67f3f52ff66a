import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { compareWithBaselines } from "../../../shared/metrics/evaluateDirection.ts";
import { type OnnxParity, onnxParity } from "../../../shared/models/onnxParity.ts";
import type { ParityResult } from "../../../shared/models/parity.ts";
import type { FoldFacts } from "../../../shared/validation/foldFacts.ts";
import { importanceCheck } from "../../../shared/validation/importanceCheck.ts";
import { parityCheck } from "../../../shared/validation/parityCheck.ts";
import { MAX_PLAUSIBLE_ACCURACY, plausibilityCheck } from "../../../shared/validation/plausibilityCheck.ts";
import { sanityCheck } from "../../../shared/validation/sanityCheck.ts";
import { MIN_TEST_ROWS, sizeCheck } from "../../../shared/validation/sizeCheck.ts";
import { skillCheck } from "../../../shared/validation/skillCheck.ts";
import { splitCheck } from "../../../shared/validation/splitCheck.ts";
import type { Check } from "../../../shared/validation/verdict.ts";

const NOON = Date.UTC(2025, 5, 25, 12);

/** Predictions `sure` away from 0.5, right in `right` of every 100 rows; half of the rows rise. */
function evaluate(rows: number, right: number, sure: number) {
  const y = Array.from({ length: rows }, (_, i) => i % 2);
  const p = y.map((label, i) => 0.5 + (Math.floor(i / 2) % 100 < right ? 1 : -1) * (label === 1 ? sure : -sure));
  const coin = y.map(() => 0.5);
  return { predictions: p, evaluation: compareWithBaselines({ y, p, baselines: { majority: coin, momentum: coin, logistic: coin } }) };
}

/** Of rows of every bar that look h bars ahead. */
function labelsOf(rows: number, horizon_bars: number) {
  const event_time = Array.from({ length: rows }, (_, row) => row * HOUR);
  return { event_time, label_end: event_time.map((time) => time + horizon_bars * HOUR) };
}

interface Judged extends ReturnType<typeof evaluate> {
  readonly folds: readonly FoldFacts[];
  readonly model_splits: number;
  readonly models_judged: number;
  readonly parity: ParityResult;
  readonly onnx: OnnxParity | string | null;
  readonly importance: Readonly<Record<string, number>>;
  readonly feature_names: readonly string[];
  readonly max_plausible_accuracy: number;
}

function sound(change: Partial<Judged> = {}): Judged {
  return {
    ...evaluate(4_000, 51, 0.01),
    folds: [{ train_rows: 1_000, test_rows: 4_000, splits: [30], unique_predictions: 900 }],
    model_splits: 60,
    models_judged: 1,
    parity: { rows: 256, mismatches: 0, largest_difference: 0 },
    onnx: { rows: 900, differing: [], largest_difference: 6e-8 },
    importance: { ret_1: 0.3, vol_20: 0.7, spread_bp: 0 },
    feature_names: ["ret_1", "vol_20", "spread_bp"],
    max_plausible_accuracy: MAX_PLAUSIBLE_ACCURACY,
    ...change,
  };
}

/** The verdicts that need no training set. */
function checksOf({ evaluation, folds, model_splits, models_judged, predictions, ...input }: Judged) {
  return [
    parityCheck(input.parity, input.onnx),
    plausibilityCheck(evaluation.model, input.max_plausible_accuracy),
    skillCheck({ ...evaluation, models_judged }),
    splitCheck({ folds, model_splits }),
    sanityCheck(predictions),
    sizeCheck(labelsOf(evaluation.model.n, 1)),
    importanceCheck(input.importance, input.feature_names),
  ];
}

it.each([0, 1, Number.NaN, -0.1, 1.1])("a probability of %d is not inside (0, 1)", (p) => {
  expect(sanityCheck([0.4, p, 0.6])).toMatchObject({ passed: false, detail: `prediction 1 is ${p}, not inside (0, 1)` });
});

it("accuracy may reach what is plausible, to the last digit", () => {
  const check = (max: number) => plausibilityCheck({ accuracy: { estimate: 0.56, low: 0.54, high: 0.58 } }, max);
  expect(check(0.54)).toEqual({
    name: "leak_check",
    passed: true,
    detail: "accuracy 56.0 % (95 % interval 54.0 % to 58.0 %), plausible limit 54.0 %",
  });
  expect(check(0.539)).toMatchObject({
    passed: false,
    detail: "accuracy 56.0 % (95 % interval 54.0 % to 58.0 %) lies above the plausible limit 53.9 %: a leak until proven otherwise",
  });
});

it("importance may lie in one feature alone, and the highest share is named wherever it stands", () => {
  const check = (importance: Record<string, number>) => importanceCheck(importance, ["a", "b"]);
  expect(check({ a: 1, b: 0 })).toMatchObject({ passed: true, detail: "highest share 100.0 % in a" });
  expect(check({ a: 0.25, b: 0.75 })).toMatchObject({ passed: true, detail: "highest share 75.0 % in b" });
  expect(check({ a: 0.75, b: 0.25 })).toMatchObject({ passed: true, detail: "highest share 75.0 % in a" });
});

const failed = (input: Judged): Check[] => checksOf(input).flatMap(({ name, passed }) => (passed ? [] : [name]));
const detail = (input: Judged, name: Check) => checksOf(input).find((check) => check.name === name)!.detail;

describe("the checks of a model's soundness", () => {
  it("lets a sound model pass that shows no skill", () => {
    expect(failed(sound())).toEqual([]);
  });

  it.each([
    [
      "a fold without a split",
      { folds: [{ train_rows: 300, test_rows: 9, splits: [0], unique_predictions: 1 }] },
      /fold 1 \(300 training rows\)/,
    ],
    ["one seed of a fold without a split", { folds: [{ train_rows: 300, test_rows: 9, splits: [4, 0], unique_predictions: 9 }] }, /fold 1/],
    ["a kept model without a split", { model_splits: 0 }, /the model that is kept/],
    ["no folds", { folds: [] }, /no folds/],
  ])("split_check: %s", (_name, change, message) => {
    expect(failed(sound(change))).toEqual(["split_check"]);
    expect(detail(sound(change), "split_check")).toMatch(message);
  });

  it.each([
    ["60 % on real markets", 4_000, 60, 0.55, ["leak_check"]],
    ["60 % where the optimum is 60 %", 4_000, 60, 0.6, []],
    ["57 % on so few rows that 55 % is within reach", 1_000, 57, 0.55, []],
  ])("leak_check: %s", (_name, rows, right, max_plausible_accuracy, expected) => {
    const input = sound({ ...evaluate(rows, right, 0.05), max_plausible_accuracy });
    expect(failed(input)).toEqual(expected);
  });

  it("skill_check: a model that is sure and wrong loses to a constant", () => {
    const input = sound(evaluate(4_000, 50, 0.3));
    expect(failed(input)).toEqual(["skill_check"]);
    expect(detail(input, "skill_check")).toMatch(
      /worse by more than 0.001 nats with a chance of error of 1 %: its one-sided lower bound is 0\.\d+/,
    );
  });

  it.each([
    ["one row that differs", { rows: 256, mismatches: 1, largest_difference: 2 ** -24 }, /1 of 256 rows differ/],
    ["no rows", { rows: 0, mismatches: 0, largest_difference: 0 }, /no parity rows/],
  ])("parity_check: %s", (_name, parity, message) => {
    expect(failed(sound({ parity }))).toEqual(["parity_check"]);
    expect(detail(sound({ parity }), "parity_check")).toMatch(message);
  });

  it.each<[string, OnnxParity | string, RegExp]>([
    [
      "an ONNX file that says otherwise",
      onnxParity([NOON, NOON + 1], [0.5, 0.5], [0.5, 0.500002]),
      /on 1 of 2 rows .*2025-06-25T12:00:00.001Z \(served 0.5, ONNX 0.500002\)$/,
    ],
    ["one that says it of many rows", onnxParity([1, 2, 3, 4], [0, 0, 0, 0], [1, 1, 1, 1]), /on 4 of 4 rows .*, …$/],
    ["one that is no number", onnxParity([NOON], [0.5], [Number.NaN]), /on 1 of 1 row .* by up to 1: /],
    ["one that answers fewer rows", onnxParity([NOON, NOON], [0.5, 0.5], [0.5]), /on 1 of 2 rows/],
    ["one that no runtime takes", "onnxruntime refuses it", /model.onnx: onnxruntime refuses it/],
    ["no row for it", onnxParity([], [], []), /model.onnx: no rows/],
  ])("parity_check: %s", (_name, onnx, message) => {
    expect(failed(sound({ onnx }))).toEqual(["parity_check"]);
    expect(detail(sound({ onnx }), "parity_check")).toMatch(message);
  });

  it("parity_check lets an ONNX file differ by what the order of a sum is worth, and says by how much", () => {
    const onnx = onnxParity([NOON], [0.5], [0.5 + 9e-7]);
    expect(failed(sound({ onnx }))).toEqual([]);
    expect(detail(sound({ onnx }), "parity_check")).toMatch(
      /on 256 rows; model.onnx gives what is served within 0.000001 on 1 row \(9e-7\)/,
    );
  });

  it.each([
    ["a constant", [0.5, 0.5], /all 2 predictions are 0.5/],
    ["NaN", [0.5, Number.NaN], /prediction 1 is NaN/],
    ["certainty", [0.5, 1], /prediction 1 is 1/],
    ["nothing", [], /no predictions/],
  ])("sanity_check: %s", (_name, predictions, message) => {
    expect(failed(sound({ predictions }))).toEqual(["sanity_check"]);
    expect(detail(sound({ predictions }), "sanity_check")).toMatch(message);
  });

  it("size_check: counts out-of-fold rows", () => {
    expect(failed(sound(evaluate(MIN_TEST_ROWS - 2, 51, 0.01)))).toEqual(["size_check"]);
    expect(failed(sound(evaluate(MIN_TEST_ROWS, 51, 0.01)))).toEqual([]);
  });

  it.each([
    [1_000, 1, true, "1000 out-of-fold rows, at least 1000 needed"],
    [999, 1, false, "999 out-of-fold rows, at least 1000 needed"],
    [5_100, 5, true, "5100 out-of-fold rows, whose labels overlap and are worth 1020 independent ones, at least 1000 needed"],
    [4_000, 5, false, "4000 out-of-fold rows, whose labels overlap and are worth 800 independent ones, at least 1000 needed"],
    [12_000, 24, false, "12000 out-of-fold rows, whose labels overlap and are worth 500 independent ones, at least 1000 needed"],
  ])("size_check: %d rows of every bar that look %d bars ahead", (rows, horizon_bars, passed, detail) => {
    const verdict = sizeCheck(labelsOf(rows, horizon_bars));
    expect({
      ...verdict,
      detail: verdict.detail.replace(/worth \d+/, (text) => `worth ${Math.round(Number(text.slice(6)) / 20) * 20}`),
    }).toEqual({
      name: "size_check",
      passed,
      detail,
    });
  });

  it("size_check: rows far enough apart are worth all of them, whatever they look ahead", () => {
    const { event_time } = labelsOf(1_000, 1);
    const apart = event_time.map((time) => time * 24);
    expect(sizeCheck({ event_time: apart, label_end: apart.map((time) => time + 24 * HOUR) })).toMatchObject({ passed: true });
  });

  it.each([
    ["a feature of another model", { ret_1: 0.5, rsi_14: 0.5 }, /does not have: rsi_14/],
    ["shares that add up to 0.9", { ret_1: 0.5, vol_20: 0.4 }, /add up to 0.9/],
    ["no gain at all", { ret_1: 0, vol_20: 0 }, /add up to 0,/],
    ["nothing", {}, /add up to 0,/],
    ["a negative share", { ret_1: 1.5, vol_20: -0.5 }, /share of ret_1 is 1.5/],
    ["NaN", { ret_1: Number.NaN }, /share of ret_1 is NaN/],
  ])("importance_check: %s", (_name, importance, message) => {
    expect(failed(sound({ importance }))).toEqual(["importance_check"]);
    expect(detail(sound({ importance }), "importance_check")).toMatch(message);
  });

  it("importance_check: names the first feature, and refuses none for being it", () => {
    const input = sound({ importance: { ret_1: 0.97, vol_20: 0.03 } });
    expect(failed(input)).toEqual([]);
    expect(detail(input, "importance_check")).toMatch(/97.0 % in ret_1$/);
  });

  it("fails, without throwing, when there are no out-of-fold rows", () => {
    const none = { y: [], p: [], baselines: { majority: [], momentum: [], logistic: [] } };
    expect(failed(sound({ evaluation: compareWithBaselines(none), predictions: [] }))).toEqual([
      "leak_check",
      "skill_check",
      "sanity_check",
      "size_check",
    ]);
  });
});
