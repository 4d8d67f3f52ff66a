import type { TrainingResult, TrainingSpec } from "../../shared/contracts/training.ts";
import { counted } from "../../shared/domain/counted.ts";
import { AppError } from "../../shared/errors.ts";
import type { FinalResult, FoldResult, KeptModel, ShuffledResult, UnitResult } from "./childMessages.ts";

/** Puts the units' results together in the order of the rows, whatever the order in which they arrived. */
export function assembleResult(job_id: string, spec: TrainingSpec, results: readonly UnitResult[], seconds: number): TrainingResult {
  const final = results.find((result): result is FinalResult => result.kind === "final");
  if (final === undefined) throw new AppError("internal", `job ${job_id} ended without its final model`);
  return {
    job_id,
    out_of_fold: outOfFold(spec, results),
    ...(spec.label_shuffle ? { shuffled: { shuffle: spec.label_shuffle, predictions: shuffledPredictions(spec, results) } } : {}),
    parity: parityOf(final),
    splits: { out_of_fold: bySeedAndFold(spec, results, "splits"), model: final.splits },
    rounds: { out_of_fold: bySeedAndFold(spec, results, "rounds"), model: [...final.rounds] },
    importance: gainShares(spec.feature_names, final.total_gain),
    ...(spec.parts ? { parts: partResults(spec, final) } : {}),
    library_version: final.library_version,
    device: final.device,
    seconds,
  };
}

function parityOf({ parity_rows, parity }: KeptModel): TrainingResult["parity"] {
  return { rows: [...parity_rows], predictions: Array.from(parity) };
}

function partResults({ parts = [] }: TrainingSpec, final: FinalResult): NonNullable<TrainingResult["parts"]> {
  return Object.fromEntries(
    parts.map(({ name, feature_names }) => {
      const kept = final.parts[name];
      if (kept === undefined) throw new AppError("internal", `the final model came without its part ${name}`);
      return [name, { parity: parityOf(kept), splits: kept.splits, importance: gainShares(feature_names, kept.total_gain) }];
    }),
  );
}

function outOfFold(spec: TrainingSpec, results: readonly UnitResult[]): TrainingResult["out_of_fold"] {
  const parts = new Map<string, Float32Array>();
  for (const result of results.filter((one): one is FoldResult => one.kind === "fold")) {
    result.predictions.forEach((values, index) => {
      parts.set(`${result.first_seed + index}/${result.fold}`, values);
    });
  }
  const order = inOrderOfRows(spec);
  const predictions = spec.seeds.map((_seed, seed) =>
    order.flatMap(({ index, test }) => Array.from(requirePart(parts.get(`${seed}/${index}`), seed, index, test.end - test.start))),
  );
  return { rows: order.flatMap(({ test }) => rowNumbers(test.start, test.end - test.start)), predictions };
}

function shuffledPredictions(spec: TrainingSpec, results: readonly UnitResult[]): number[] {
  const byFold = new Map(results.filter((one): one is ShuffledResult => one.kind === "shuffled").map((one) => [one.fold, one.predictions]));
  return inOrderOfRows(spec).flatMap(({ index, test }) => Array.from(requirePart(byFold.get(index), 0, index, test.end - test.start)));
}

function inOrderOfRows(spec: TrainingSpec) {
  return spec.folds.map((fold, index) => ({ index, test: fold.test })).sort((a, b) => a.test.start - b.test.start);
}

/** `[s][f]`: a number of seed `s` on fold `f` of the spec. */
function bySeedAndFold(spec: TrainingSpec, results: readonly UnitResult[], what: "splits" | "rounds"): number[][] {
  const table = spec.seeds.map(() => spec.folds.map(() => 0));
  for (const result of results) {
    if (result.kind !== "fold") continue;
    for (const [index, count] of result[what].entries()) table[result.first_seed + index]![result.fold] = count;
  }
  return table;
}

function requirePart(values: Float32Array | undefined, seed: number, fold: number, expected: number): Float32Array {
  if (values?.length === expected) return values;
  throw new AppError(
    "internal",
    `seed ${seed} of fold ${fold}: expected ${counted(expected, "prediction")}, was ${values?.length ?? "none"}`,
  );
}

function rowNumbers(start: number, count: number): number[] {
  return Array.from({ length: count }, (_value, index) => start + index);
}

/** share_f = total_gain_f / sum of total_gain. All 0 when no tree ever split, as there is nothing to share. */
export function gainShares(featureNames: readonly string[], totalGain: ReadonlyMap<string, number>): Record<string, number> {
  const sum = featureNames.reduce((total, name) => total + (totalGain.get(name) ?? 0), 0);
  return Object.fromEntries(featureNames.map((name) => [name, sum === 0 ? 0 : (totalGain.get(name) ?? 0) / sum]));
}
