import { parseTreeEnsemble } from "../models/parseTreeEnsemble.ts";
import { readUbjson } from "../models/readUbjson.ts";
import type { TreeEnsemble } from "../models/treeEnsemble.ts";
import { checkXgboostModel, invalidModel, parseXgboostModel, type XgboostModel } from "../models/xgboostModel.ts";

export interface ForeignTrees {
  /** The model as it will be served: XGBoost's JSON, cut to the rounds that predict. */
  readonly json: Uint8Array<ArrayBuffer>;
  readonly trees: TreeEnsemble;
  readonly library_version: string;
}

/**
 * A model that XGBoost saved elsewhere, as UBJ or JSON. What MLflow loads as an estimator predicts with the rounds up to the best one of its
 * early stopping, a Booster with all of them: of both is kept what predicts. Throws invalid_model for what would be answered otherwise here
 * than there.
 */
export function foreignXgboost(file: Uint8Array, is_estimator: boolean, feature_names: readonly string[]): ForeignTrees {
  const model = readFormat(file);
  requireCodes(model);
  const kept = is_estimator ? cutToBest(model) : model;
  const json = new TextEncoder().encode(JSON.stringify(kept));
  return { json, trees: parseTreeEnsemble(json, feature_names), library_version: model.version.join(".") };
}

/** Both formats begin with a brace; a text's key follows in quotes. */
function readFormat(file: Uint8Array): XgboostModel {
  const next = String.fromCharCode(...file.subarray(0, 2));
  if (/^\{["\s]/.test(next)) return parseXgboostModel(file);
  if (/^\{[iUIlL]/.test(next)) return checkXgboostModel(readUbjson(file));
  throw invalidModel(
    "it is neither of XGBoost's formats UBJ and JSON; the binary one of before 2.1 says too little. Save the model again.",
  );
}

/** Categories with names are matched by them in a DataFrame; features here are numbers, and which code they would be is not in the row. */
function requireCodes(model: XgboostModel): void {
  const encodings = model.learner.gradient_booster.model.cats?.enc ?? [];
  const names_something = encodings.some((encoding) => valuesOf(encoding).some((value, index) => value !== index));
  if (names_something)
    throw invalidModel("its categories have names; train on their codes (feature_types c, and whole numbers from 0 on).");
}

function valuesOf(encoding: unknown): readonly unknown[] {
  const values = typeof encoding === "object" && encoding !== null && "values" in encoding ? encoding.values : [];
  return Array.isArray(values) ? values : [];
}

function cutToBest(model: XgboostModel): XgboostModel {
  const best = model.learner.attributes["best_iteration"];
  if (best === undefined) return model;
  const { gradient_booster } = model.learner;
  const { trees, tree_info, iteration_indptr, ...rest } = gradient_booster.model;
  const rounds = Number(best) + 1;
  const end = iteration_indptr.length > 0 ? iteration_indptr[rounds] : rounds;
  if (!Number.isInteger(rounds) || end === undefined || end > trees.length) {
    throw invalidModel(`its best_iteration ${best} is not one of its rounds.`);
  }
  const kept = {
    ...rest,
    trees: trees.slice(0, end),
    tree_info: tree_info.slice(0, end),
    iteration_indptr: iteration_indptr.slice(0, rounds + 1),
  };
  return { ...model, learner: { ...model.learner, gradient_booster: { ...gradient_booster, model: kept } } };
}
