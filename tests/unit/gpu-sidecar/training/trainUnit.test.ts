import { describe, expect, it } from "vitest";
import { weightsOf } from "../../../../gpu-sidecar/training/labelledRows.ts";
import { createRandom } from "../../../../shared/domain/random.ts";
import { poolSets } from "../../../../shared/features/poolSets.ts";
import type { TrainingSet } from "../../../../shared/features/trainingSet.ts";
import { parseTreeEnsemble } from "../../../../shared/models/parseTreeEnsemble.ts";
import { modelPartOf } from "../../../../shared/models/pool.ts";
import { trainingProfileOf } from "../../../../shared/models/trainingProfile.ts";
import { predictRows } from "../../../../shared/models/treeEnsemble.ts";
import { toMatrix, trainInProcess } from "../../../support/models/trainInProcess.ts";
import { hasLibrary } from "../../../support/sidecar/libraryOrSkip.ts";

const ROWS = 1_600;
const TESTED_FROM = 1_000;
const random = createRandom(6);
const f_0 = Float64Array.from({ length: ROWS }, () => random());
const f_1 = Float64Array.from({ length: ROWS }, () => random());
const y = f_0.map((value) => (random() < 0.35 + 0.3 * value ? 1 : 0));

/** Hourly rows whose labels look so many rows ahead. */
function setOf(horizon: number, labels = y): TrainingSet {
  const event_time = Float64Array.from({ length: ROWS }, (_, row) => row * 3_600_000);
  return {
    instrument: "USD_SGD",
    event_time,
    known_at: event_time,
    label_end: event_time.map((time) => time + horizon * 3_600_000),
    y: labels,
    long_net: new Float64Array(ROWS),
    short_net: new Float64Array(ROWS),
    feature_names: ["f_0", "f_1"],
    features: [f_0, f_1],
  };
}

const PARAMS = { eta: 0.3, max_depth: 3, min_child_weight: 1, rounds: 60, seeds: [1, 2], folds: 2 };
const profileOf = (horizon_bars: number, params: object = {}) => trainingProfileOf({ horizon_bars, params: { ...PARAMS, ...params } });

describe.skipIf(!(await hasLibrary()))("a model whose rounds are chosen within its training rows", () => {
  it("is, byte for byte, the one that so many rounds give", async () => {
    const { result, model } = await trainInProcess(setOf(1), profileOf(1, { seeds: [1], early_stopping_rounds: 5 }));
    const [rounds] = result.rounds!.model;
    expect(rounds).toBeLessThan(PARAMS.rounds);
    const fixed = await trainInProcess(setOf(1), profileOf(1, { seeds: [1], rounds }));
    expect(Buffer.from(fixed.model).equals(model)).toBe(true);
    expect(fixed.result.rounds!.model).toEqual([rounds]);
    expect(JSON.parse(new TextDecoder().decode(model)).learner.gradient_booster.model.trees).toHaveLength(rounds!);
  });

  it("does not know the labels by which its fold is judged: neither rounds nor predictions", async () => {
    const turned = y.map((label, row) => (row < TESTED_FROM ? label : 1 - label));
    const [one, other] = await Promise.all(
      [y, turned].map((labels) => trainInProcess(setOf(1, labels), profileOf(1, { early_stopping_rounds: 5 }))),
    );
    const first = (all: readonly (readonly number[])[]) => all.map((seed) => seed[0]);
    expect(first(other!.result.rounds!.out_of_fold)).toEqual(first(one!.result.rounds!.out_of_fold));
    const block = (all: readonly (readonly number[])[]) => all.map((seed) => seed.slice(0, 300));
    expect(block(other!.result.out_of_fold.predictions)).toEqual(block(one!.result.out_of_fold.predictions));
  });
});

/** Hourly rows of a pair, in which the second has a feature that the first does not. */
function pairSet(instrument: string, names: readonly string[], rise: number): TrainingSet {
  const chance = createRandom(instrument.charCodeAt(0));
  const features = names.map(() => Float64Array.from({ length: ROWS }, () => (chance() < 0.05 ? Number.NaN : chance())));
  const labels = features[0]!.map((value) => (chance() < rise + 0.3 * (value || 0) ? 1 : 0));
  return { ...setOf(1, labels), instrument, feature_names: names, features };
}

describe.skipIf(!(await hasLibrary()))("a model of two pairs", () => {
  it("is given as that of each, which says of the pair's own rows to the bit what the whole says of them, in training and after", async () => {
    const sets = [pairSet("EUR_USD", ["f_0", "f_1"], 0.2), pairSet("USD_SGD", ["leg", "f_0", "f_1"], 0.5)];
    const { set, source, source_row } = poolSets(sets);
    const parts = sets.map(({ instrument, feature_names }) => modelPartOf(instrument, feature_names, set.feature_names));
    const trained = await trainInProcess(set, profileOf(1, { subsample: 0.7 }), { parts });
    const whole = parseTreeEnsemble(trained.model, set.feature_names);
    const said = predictRows(whole, toMatrix(set).data);
    for (const [index, own] of sets.entries()) {
      const part = parseTreeEnsemble(trained.parts[own.instrument]!, own.feature_names);
      const rows = [...source.keys()].filter((row) => source[row] === index);
      expect(rows.map((row) => source_row[row])).toEqual([...rows.keys()]);
      expect(predictRows(part, toMatrix(own).data)).toEqual(Float32Array.from(rows, (row) => said[row]!));
      const { parity, splits, importance } = trained.result.parts![own.instrument]!;
      expect(parity.rows).toEqual(rows.slice(-256));
      expect(parity.predictions).toEqual(parity.rows.map((row) => said[row]));
      expect(splits).toBeLessThan(trained.result.splits.model);
      expect(Object.keys(importance)).toEqual(own.feature_names);
    }
    const { parts: _, ...without } = trained.spec;
    const other = await trainInProcess(set, profileOf(1, { subsample: 0.7 }));
    expect(other.spec).toEqual(without);
    expect(Buffer.from(other.model).equals(trained.model)).toBe(true);
  });
});

it("rows of several pairs weigh by the labels of their own pair, as they would alone", () => {
  const sets = [pairSet("EUR_USD", ["f_0"], 0.2), pairSet("USD_SGD", ["f_0"], 0.5)].map((set, index) => ({
    ...set,
    label_end: set.event_time.map((time) => time + (index === 0 ? 5 : 12) * 3_600_000),
  }));
  const { set, source } = poolSets(sets);
  const range = { start: 100, end: 901 };
  const times = { start: "event_time", end: "label_end" };
  const pooled = weightsOf(toMatrix(set, { uniqueness: { ...times, among: ["is_EUR_USD", "is_USD_SGD"] } }), range)!;
  for (const [index, own] of sets.entries()) {
    const rows = [...source.keys()].filter((row) => source[row] === index);
    const [first, last] = [rows.findIndex((row) => row >= range.start), rows.findLastIndex((row) => row < range.end)];
    const alone = weightsOf(toMatrix(own, { uniqueness: times }), { start: first, end: last + 1 })!;
    expect(Array.from(alone)).toEqual(rows.slice(first, last + 1).map((row) => pooled[row - range.start]));
  }
  expect(weightsOf(toMatrix(set, { uniqueness: times }), range)).not.toEqual(pooled);
});

describe.skipIf(!(await hasLibrary()))("a model of labels that overlap", () => {
  it("learns from what they are worth, and not from the rows behind its fold", async () => {
    const weighed = await trainInProcess(setOf(5), profileOf(5));
    const { uniqueness: _, ...unweighed } = weighed.spec;
    expect(weighed.spec.uniqueness).toEqual({ start: "event_time", end: "label_end" });
    expect(unweighed.folds[0]!.train.end).toBe(TESTED_FROM - 4);
    // Labels that end later than they did, among rows that fold 1 may not know.
    const set = setOf(5);
    const late = { ...set, label_end: set.label_end.map((end, row) => (row < TESTED_FROM ? end : end + 3_600_000)) };
    const other = await trainInProcess(late, profileOf(5));
    const block = (all: readonly (readonly number[])[]) => all.map((seed) => seed.slice(0, 300));
    expect(block(other.result.out_of_fold.predictions)).toEqual(block(weighed.result.out_of_fold.predictions));
    const same_weights = await trainInProcess(set, { ...profileOf(5), horizon_bars: 1 });
    expect(block(same_weights.result.out_of_fold.predictions)).not.toEqual(block(weighed.result.out_of_fold.predictions));
  });
});
