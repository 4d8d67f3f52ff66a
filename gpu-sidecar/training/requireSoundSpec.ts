import type { Fold, TrainingSpec } from "../../shared/contracts/training.ts";
import { invalidField } from "../parseBody.ts";

/** Refuses, with the field named, what no dataset could make right. */
export function requireSoundSpec(spec: TrainingSpec): void {
  checkFeatureNames(spec);
  checkSeeds(spec.seeds);
  spec.folds.forEach(checkFold);
  checkTestsApart(spec.folds);
}

/** XGBoost itself refuses or garbles names with brackets, `<` or white space, some of them only when the model is read again. */
const BAD_NAME = /[[\]<\s]/;

function checkFeatureNames({ feature_names, label }: TrainingSpec): void {
  const seen = new Set<string>();
  feature_names.forEach((name, index) => {
    const field = `feature_names[${index}]`;
    if (BAD_NAME.test(name)) throw invalidField(field, `"${name}" holds white space, "[", "]" or "<", which XGBoost does not allow`);
    if (seen.has(name)) throw invalidField(field, `"${name}" is there twice`);
    if (name === label) throw invalidField(field, `"${name}" is the label: a model must not see its own answer`);
    seen.add(name);
  });
}

function checkSeeds(seeds: readonly number[]): void {
  const repeated = seeds.findIndex((seed, index) => seeds.indexOf(seed) !== index);
  if (repeated !== -1)
    throw invalidField(`seeds[${repeated}]`, `${seeds[repeated]} is there twice, which would train the same model again`);
}

/** Walk-forward only: a fold that trains on rows at or after its test rows would be judged with knowledge of the future. */
function checkFold({ train, test }: Fold, index: number): void {
  for (const [part, range] of [["train", train] as const, ["test", test] as const]) {
    if (range.start >= range.end) throw invalidField(`folds[${index}].${part}`, `rows ${range.start} to ${range.end} are an empty range`);
  }
  if (train.end > test.start) {
    throw invalidField(`folds[${index}].train.end`, `training rows end at ${train.end}, after the test rows start at ${test.start}`);
  }
}

/** A row has one out-of-fold prediction a seed, so no row may be tested twice. */
function checkTestsApart(folds: readonly Fold[]): void {
  const order = folds.map((fold, index) => ({ index, ...fold.test })).sort((a, b) => a.start - b.start);
  for (const [position, range] of order.entries()) {
    const before = order[position - 1];
    if (before !== undefined && before.end > range.start) {
      throw invalidField(`folds[${range.index}].test`, `shares rows with folds[${before.index}].test`);
    }
  }
}
