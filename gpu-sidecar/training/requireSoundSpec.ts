import type { Fold, TrainingSpec } from "../../shared/contracts/training.ts";
import { counted } from "../../shared/domain/counted.ts";
import { invalidField } from "../parseBody.ts";

/** Refuses, with the field named, what no dataset could make right. */
export function requireSoundSpec(spec: TrainingSpec): void {
  checkFeatureNames(spec);
  checkSeeds(spec.seeds);
  spec.folds.forEach((fold, index) => {
    checkFold(fold, `folds[${index}]`);
  });
  checkTestsApart(spec.folds);
  checkInnerFolds(spec);
  checkParts(spec);
  const unknown = spec.uniqueness?.among?.find((name) => !spec.feature_names.includes(name));
  if (unknown !== undefined) throw invalidField("uniqueness.among", `"${unknown}" is not a feature of the model`);
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
function checkFold({ train, test }: Fold, field: string): void {
  for (const [part, range] of [["train", train] as const, ["test", test] as const]) {
    if (range.start >= range.end) throw invalidField(`${field}.${part}`, `rows ${range.start} to ${range.end} are an empty range`);
  }
  if (train.end > test.start) {
    throw invalidField(`${field}.train.end`, `training rows end at ${train.end}, after the test rows start at ${test.start}`);
  }
}

/** What the rounds are chosen by lies among the rows that the fold may learn from, never among those that it is judged by. */
function checkInnerFolds({ folds, early_stopping }: TrainingSpec): void {
  if (early_stopping === undefined) return;
  checkFold(early_stopping.model, "early_stopping.model");
  if (early_stopping.folds.length !== folds.length) {
    throw invalidField(
      "early_stopping.folds",
      `holds ${counted(early_stopping.folds.length, "inner fold")} for ${counted(folds.length, "fold")}`,
    );
  }
  for (const [index, inner] of early_stopping.folds.entries()) {
    const field = `early_stopping.folds[${index}]`;
    checkFold(inner, field);
    const { train } = folds[index]!;
    if (inner.train.start >= train.start && inner.test.end <= train.end) continue;
    throw invalidField(field, `has rows outside the training rows ${train.start} to ${train.end} of folds[${index}]`);
  }
}

function checkParts({ parts = [], feature_names }: TrainingSpec): void {
  for (const [index, { name, given, feature_names: own }] of parts.entries()) {
    const field = `parts[${index}]`;
    if (parts.findIndex((part) => part.name === name) !== index) throw invalidField(`${field}.name`, `"${name}" is there twice`);
    const named = [...Object.keys(given), ...own];
    const unknown = named.find((feature) => !feature_names.includes(feature));
    if (unknown !== undefined) throw invalidField(field, `"${unknown}" is not a feature of the model`);
    const twice = named.find((feature, at) => named.indexOf(feature) !== at);
    if (twice !== undefined) throw invalidField(field, `"${twice}" is there twice, in given and feature_names together`);
    const missing = feature_names.find((feature) => !named.includes(feature));
    if (missing !== undefined) throw invalidField(field, `"${missing}" is in neither given nor feature_names`);
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
