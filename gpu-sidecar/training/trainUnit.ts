import { writeFile } from "node:fs/promises";
import type { RowRange } from "../../shared/contracts/training.ts";
import { blockPermutation } from "../../shared/domain/blockPermutation.ts";
import { AppError } from "../../shared/errors.ts";
import { type Booster, loadBooster, type SavedBooster } from "../xgboost/booster.ts";
import type { CApi } from "../xgboost/cApi.ts";
import { createDMatrix, type DMatrix } from "../xgboost/dMatrix.ts";
import { meanModel } from "../xgboost/meanModel.ts";
import { boosterSettings, trainBooster } from "../xgboost/trainBooster.ts";
import type { ChildTask, FinalResult, FoldResult, ShuffledResult, UnitResult } from "./childMessages.ts";
import type { Unit } from "./planUnits.ts";
import type { Matrix } from "./readMatrix.ts";

/** Rows that other evaluators are compared on; enough to meet missing values and thresholds, small enough to send. */
const PARITY_ROWS = 256;

export interface UnitContext {
  readonly api: CApi;
  readonly libraryVersion: string;
  readonly matrix: Matrix;
  readonly task: ChildTask;
  readonly onModel: () => void;
}

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
  const train = labelledRows(context, ranges.train, `folds[${fold}].train`);
  const test = createDMatrix(api, rowsOf(matrix, ranges.test), matrix.columns);
  try {
    const predictions: Float32Array[] = [];
    const splits: number[] = [];
    let device: "cpu" | "cuda" = "cpu";
    for (const seed of task.spec.seeds.slice(seeds.start, seeds.end)) {
      await withBooster(context, train, seed, (booster) => {
        predictions.push(booster.predict(test));
        splits.push(booster.splits());
        device = booster.device();
      });
    }
    return { kind: "fold", fold, first_seed: seeds.start, predictions, splits, device, library_version: context.libraryVersion };
  } finally {
    train.free();
    test.free();
  }
}

/** The model that is kept: every row, every seed, and of those the mean. */
async function trainFinal(context: UnitContext): Promise<FinalResult> {
  const { api, matrix, task } = context;
  const train = labelledRows(context, { start: 0, end: matrix.rows }, "dataset");
  const models: Uint8Array[] = [];
  let device: "cpu" | "cuda" = "cpu";
  try {
    for (const seed of task.spec.seeds) {
      await withBooster(context, train, seed, (booster) => {
        models.push(booster.save("json"));
        device = booster.device();
      });
    }
  } finally {
    train.free();
  }
  const kept = loadBooster(api, models.length === 1 ? models[0]! : meanModel(models), boosterSettings(task.spec, task.spec.seeds[0]!));
  try {
    await writeFile(task.model_paths.ubj, kept.save("ubj"));
    await writeFile(task.model_paths.json, kept.save("json"));
    return describeFinal(context, kept, device);
  } finally {
    kept.free();
  }
}

function describeFinal({ api, matrix, libraryVersion }: UnitContext, kept: SavedBooster, device: "cpu" | "cuda"): FinalResult {
  const start = Math.max(0, matrix.rows - PARITY_ROWS);
  const last = createDMatrix(api, rowsOf(matrix, { start, end: matrix.rows }), matrix.columns);
  try {
    const [parity, total_gain, splits] = [kept.predict(last), kept.totalGain(), kept.splits()];
    return { kind: "final", parity_start: start, parity, total_gain, splits, device, library_version: libraryVersion };
  } finally {
    last.free();
  }
}

async function withBooster<T>(context: UnitContext, train: DMatrix, seed: number, use: (booster: Booster) => T | Promise<T>): Promise<T> {
  const booster = await trainBooster(context.api, train, context.task.spec, seed);
  try {
    const value = await use(booster);
    context.onModel();
    return value;
  } finally {
    booster.free();
  }
}

/** A contiguous range is a view on the matrix, not a copy. */
function rowsOf(matrix: Matrix, range: RowRange): Float32Array {
  return matrix.data.subarray(range.start * matrix.columns, range.end * matrix.columns);
}

/** One class alone gives a base score of 0 or 1, whose logit is infinite: nothing can be learnt, so it is said instead. */
function labelledRows({ api, matrix }: UnitContext, range: RowRange, field: string): DMatrix {
  const label = matrix.label.subarray(range.start, range.end);
  const ones = label.reduce((sum, value) => sum + value, 0);
  if (ones === 0 || ones === label.length) {
    const only = ones === 0 ? 0 : 1;
    throw new AppError("not_enough_data", `${field}: rows ${range.start} to ${range.end} hold only label ${only}, both 0 and 1 are needed`);
  }
  return createDMatrix(api, rowsOf(matrix, range), matrix.columns, label);
}
