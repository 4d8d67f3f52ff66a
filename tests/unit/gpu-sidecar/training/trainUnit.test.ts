import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../shared/domain/random.ts";
import type { TrainingSet } from "../../../../shared/features/trainingSet.ts";
import { trainingProfileOf } from "../../../../shared/models/trainingProfile.ts";
import { trainInProcess } from "../../../support/models/trainInProcess.ts";
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
