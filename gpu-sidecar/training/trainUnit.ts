import { writeFile } from "node:fs/promises";
import type { ModelPart, RowRange } from "../../shared/contracts/training.ts";
import { blockPermutation } from "../../shared/domain/blockPermutation.ts";
import { AppError } from "../../shared/errors.ts";
import { type Booster, loadBooster } from "../xgboost/booster.ts";
import { createDMatrix, type DMatrix } from "../xgboost/dMatrix.ts";
import { givenModel } from "../xgboost/givenModel.ts";
import { meanModel } from "../xgboost/meanModel.ts";
import { boosterSettings, trainBooster } from "../xgboost/trainBooster.ts";
import type { FinalResult, FoldResult, KeptModel, ModelFiles, ShuffledResult, UnitResult } from "./childMessages.ts";
import { labelledRows, rowsOf } from "./labelledRows.ts";
import { newestRows } from "./newestRows.ts";
import type { Unit } from "./planUnits.ts";
import { createRoundChooser } from "./roundChooser.ts";
import type { UnitContext } from "./unitContext.ts";

/** Rows that other evaluators are compared on; enough to meet missing values and thresholds, small enough to send. */
const PARITY_ROWS = 256;

export function trainUnit(context: UnitContext, unit: Unit): Promise<UnitResult> {
  if (unit.kind === "final") return trainFinal(context);
  return unit.kind === "fold" ? trainFold(context, unit.fold, unit.seeds) : trainShuffled(context, unit.fold);
}

/** The fold as any other, of a dataset whose labels were put in another order. */
async function trainShuffled(context: UnitContext, fold: number): Promise<ShuffledResult> {
  const { matrix, task } = context;
  const { block_rows, seed } = task.spec.label_shuffle ?? { block_rows: 1, seed: 0 };
  const order = blockPermutation(matrix.rows, block_rows, seed);
  const label = Float32Array.from(order, (row) => matrix.label[row]!);
  const { predictions, device, library_version } = await trainFold({ ...context, matrix: { ...matrix, label } }, fold, {
    start: 0,
    end: 1,
  });
  return { kind: "shuffled", fold, predictions: predictions[0]!, device, library_version };
}

/** The seeds of a fold share its DMatrix, and with it the histogram bins, which are a good part of the work. */
async function trainFold(context: UnitContext, fold: number, seeds: RowRange): Promise<FoldResult> {
  const { api, matrix, task } = context;
  const ranges = task.spec.folds[fold];
  if (ranges === undefined) throw new AppError("internal", `fold ${fold} is not in the spec`);
  const chooser = createRoundChooser(context, task.spec.early_stopping?.folds[fold], `early_stopping.folds[${fold}]`);
  const train = labelledRows(api, matrix, ranges.train, `folds[${fold}].train`);
  const test = createDMatrix(api, rowsOf(matrix, ranges.test), matrix.columns);
  const found = { predictions: [] as Float32Array[], splits: [] as number[], rounds: [] as number[] };
  try {
    let device: "cpu" | "cuda" = "cpu";
    for (const seed of task.spec.seeds.slice(seeds.start, seeds.end)) {
      const rounds = await chooser.roundsOf(seed);
      await withBooster(context, train, seed, rounds, (booster) => {
        found.predictions.push(booster.predict(test));
        found.splits.push(booster.splits());
        found.rounds.push(rounds);
        device = booster.device();
      });
    }
    return { kind: "fold", fold, first_seed: seeds.start, ...found, device, library_version: context.libraryVersion };
  } finally {
    for (const native of [train, test, chooser]) native.free();
  }
}

/** The model that is kept: every row, every seed, and of those the mean. */
async function trainFinal(context: UnitContext): Promise<FinalResult> {
  const { api, matrix, task } = context;
  const chooser = createRoundChooser(context, task.spec.early_stopping?.model, "early_stopping.model");
  const train = labelledRows(api, matrix, { start: 0, end: matrix.rows }, "dataset");
  const models: Uint8Array[] = [];
  const rounds: number[] = [];
  let device: "cpu" | "cuda" = "cpu";
  try {
    for (const seed of task.spec.seeds) {
      rounds.push(await chooser.roundsOf(seed));
      await withBooster(context, train, seed, rounds.at(-1)!, (booster) => {
        models.push(booster.save("json"));
        device = booster.device();
      });
    }
  } finally {
    for (const native of [train, chooser]) native.free();
  }
  const mean = models.length === 1 ? models[0]! : meanModel(models);
  const whole = await keepModel(context, mean, task.model_paths, { name: "", given: {}, feature_names: task.spec.feature_names });
  const parts: Record<string, KeptModel> = {};
  for (const part of task.spec.parts ?? []) {
    const { kept } = await keepModel(context, givenModel(whole.json, part), task.part_paths[part.name]!, part);
    parts[part.name] = kept;
  }
  return { kind: "final", ...whole.kept, parts, rounds, device, library_version: context.libraryVersion };
}

/** Has XGBoost load and write a model, and asks it about the newest of its rows. */
async function keepModel(
  { api, matrix, task: { spec } }: UnitContext,
  model: Uint8Array,
  paths: ModelFiles,
  part: ModelPart,
): Promise<{ readonly kept: KeptModel; readonly json: Uint8Array }> {
  const booster = loadBooster(api, model, boosterSettings(spec, spec.seeds[0]!));
  const { parity_rows, data, columns } = newestRows(matrix, spec.feature_names, part, PARITY_ROWS);
  const last = createDMatrix(api, data, columns);
  try {
    const json = booster.save("json");
    await writeFile(paths.ubj, booster.save("ubj"));
    await writeFile(paths.json, json);
    const kept = { parity_rows, parity: booster.predict(last), total_gain: booster.totalGain(), splits: booster.splits() };
    return { kept, json };
  } finally {
    for (const native of [last, booster]) native.free();
  }
}

async function withBooster<T>(
  context: UnitContext,
  train: DMatrix,
  seed: number,
  rounds: number,
  use: (booster: Booster) => T | Promise<T>,
): Promise<T> {
  const booster = await trainBooster(context.api, train, context.task.spec, seed, { most: rounds });
  try {
    const value = await use(booster);
    context.onModel();
    return value;
  } finally {
    booster.free();
  }
}
