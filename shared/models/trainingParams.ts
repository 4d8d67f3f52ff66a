import { z } from "zod";
import { boosterParamsSchema } from "../contracts/training.ts";
import { AppError } from "../errors.ts";

const { eta, max_depth, min_child_weight, subsample, colsample_bytree, gamma, alpha, lambda, max_bin } = boosterParamsSchema.shape;

/** What a training run may be told beside its profile: a value replaces the profile's. */
const paramsSchema = z
  .strictObject({
    eta: eta.unwrap(),
    max_depth: max_depth.unwrap(),
    min_child_weight: min_child_weight.unwrap(),
    subsample: subsample.unwrap(),
    colsample_bytree: colsample_bytree.unwrap(),
    gamma: gamma.unwrap(),
    alpha: alpha.unwrap(),
    lambda: lambda.unwrap(),
    max_bin: max_bin.unwrap(),
    /** Trees of each seed; with early stopping the most. */
    rounds: z.int().min(1).max(5000),
    /** Rounds without a better inner log loss after which training stops (innerFold.ts); 0: the rounds are fixed. */
    early_stopping_rounds: z.int().min(0).max(1000),
    seeds: z.array(z.int().nonnegative()).min(1).max(50),
    folds: z.int().min(1).max(50),
    /** Days of history. */
    window_days: z.int().min(1).max(36_500),
  })
  .partial();
export type TrainingParams = z.infer<typeof paramsSchema>;

export const TRAINING_PARAM_NAMES: readonly string[] = Object.keys(paramsSchema.shape);

/** As scikit-learn's interface of XGBoost calls them. */
const ALIASES: Readonly<Record<string, keyof TrainingParams>> = {
  learning_rate: "eta",
  n_estimators: "rounds",
  reg_alpha: "alpha",
  reg_lambda: "lambda",
  min_split_loss: "gamma",
};

/** What a model is told of by its features is the same in training and serving, and so no parameter of either. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  lags: "lags are features (shared/features/registry.ts)",
  news_tolerance_h: "how old news may be is the news view's ttl_ms (shared/features/news/newsView.ts)",
  label: "bars ahead are conf.horizon_bars",
  horizon_bars: "bars ahead are conf.horizon_bars",
};

/** Reads `conf.params` of a training run. Throws invalid_request with the name of what is unknown, out of range or given twice. */
export function trainingParamsOf(params: unknown, field = "conf.params"): TrainingParams {
  if (params === undefined || params === null) return {};
  if (typeof params !== "object" || Array.isArray(params)) throw invalid(field, 'is not an object such as {"max_depth": 3}');
  const named: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(params)) {
    const name = Object.hasOwn(ALIASES, given) ? ALIASES[given]! : given;
    if (!TRAINING_PARAM_NAMES.includes(name)) throw invalid(`${field}.${given}`, unknownName(given));
    if (Object.hasOwn(named, name)) throw invalid(`${field}.${given}`, `${name} is given twice, under two names`);
    named[name] = value;
  }
  const read = paramsSchema.safeParse(named);
  if (read.success) return distinctSeeds(read.data, field);
  const issue = read.error.issues[0]!;
  throw invalid(`${field}.${issue.path.join(".")}`, `${JSON.stringify(named[String(issue.path[0])])}: ${issue.message}`);
}

function unknownName(name: string): string {
  const where = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : `parameters are ${TRAINING_PARAM_NAMES.join(", ")}`;
  return `is no parameter; ${where}`;
}

function distinctSeeds(params: TrainingParams, field: string): TrainingParams {
  if (params.seeds === undefined || new Set(params.seeds).size === params.seeds.length) return params;
  throw invalid(`${field}.seeds`, "one is there twice, which would train the same model again");
}

function invalid(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
