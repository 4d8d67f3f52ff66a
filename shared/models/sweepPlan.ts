import { z } from "zod";
import { createRandom } from "../domain/random.ts";
import { AppError } from "../errors.ts";
import { type TrainingParams, trainingParamsOf } from "./trainingParams.ts";

/** Trials of one sweep at most: each is a whole walk-forward. */
export const MAX_TRIALS = 200;

/** What may be searched: what changes a model. Seeds, folds and days change what it is judged by. */
const SEARCHED = [
  "eta",
  "max_depth",
  "min_child_weight",
  "subsample",
  "colsample_bytree",
  "gamma",
  "alpha",
  "lambda",
  "max_bin",
  "rounds",
  "early_stopping_rounds",
] as const;
const WHOLE: ReadonlySet<string> = new Set(["max_depth", "max_bin", "rounds", "early_stopping_rounds"]);

const rangeSchema = z
  .strictObject({ min: z.number(), max: z.number(), log: z.boolean().default(false) })
  .refine(({ min, max }) => min < max, "min must be below max")
  .refine(({ min, log }) => !log || min > 0, "min must be above 0 where log is true");
type Range = z.infer<typeof rangeSchema>;

const sweepSchema = z.strictObject({
  method: z.enum(["grid", "random"]),
  /** Values to try of each parameter, or for random a range. */
  params: z.partialRecord(z.enum(SEARCHED), z.union([z.array(z.number()).min(1).max(MAX_TRIALS), rangeSchema])),
  /** Of random: how many are drawn, and by which seed. */
  trials: z.int().min(1).max(MAX_TRIALS).optional(),
  seed: z.int().nonnegative().default(1),
  /** Days at the end of the history that no trial sees, and that the chosen model is judged by; a quarter of the profile's when absent. */
  holdout_days: z.int().min(30).max(3_650).optional(),
});
export type Sweep = z.infer<typeof sweepSchema>;

/** Reads a sweep. Throws invalid_request with the field that is wrong. */
export function sweepOf(value: unknown, field = "conf.sweep"): Sweep {
  const read = sweepSchema.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0]!;
    throw invalid([field, ...issue.path].join("."), issue.message);
  }
  const sweep = read.data;
  const range = Object.entries(sweep.params).find(([, values]) => !Array.isArray(values));
  if (sweep.method === "grid" && range) throw invalid(`${field}.params.${range[0]}`, "a grid needs a list of values");
  if (sweep.method === "grid" && sweep.trials !== undefined) throw invalid(`${field}.trials`, "a grid has as many trials as combinations");
  if (sweep.method === "random" && sweep.trials === undefined) throw invalid(`${field}.trials`, "random needs to be told how many");
  if (Object.keys(sweep.params).length === 0) throw invalid(`${field}.params`, "names nothing to search");
  return sweep;
}

/**
 * What each trial puts in place of the profile's parameters. The first is the profile itself: what was found has to be better than it. The
 * same sweep gives the same trials in the same order. Throws invalid_request for a value that is out of range, and for too many trials.
 */
export function planTrials(sweep: Sweep, field = "conf.sweep"): readonly TrainingParams[] {
  const trials = sweep.method === "grid" ? gridOf(sweep, field) : drawn(sweep);
  return [{}, ...trials.map((trial) => trainingParamsOf(trial, `${field}.params`))];
}

type Trial = Readonly<Record<string, number>>;

function gridOf({ params }: Sweep, field: string): readonly Trial[] {
  const lists = Object.entries(params) as [string, number[]][];
  const size = lists.reduce((product, [, values]) => product * values.length, 1);
  if (size > MAX_TRIALS) throw invalid(`${field}.params`, `the grid has ${size} combinations, at most ${MAX_TRIALS} are tried`);
  return lists.reduce<readonly Trial[]>(
    (trials, [name, values]) => trials.flatMap((trial) => values.map((value) => ({ ...trial, [name]: value }))),
    [{}],
  );
}

function drawn({ params, trials = 0, seed }: Sweep): readonly Trial[] {
  const random = createRandom(seed);
  const draw = ([name, values]: [string, readonly number[] | Range]) => {
    if (!("min" in values)) return [name, values[Math.floor(random() * values.length)]!] as const;
    const value = within(values, random());
    return [name, WHOLE.has(name) ? Math.round(value) : value] as const;
  };
  return Array.from({ length: trials }, () =>
    Object.fromEntries((Object.entries(params) as [string, readonly number[] | Range][]).map(draw)),
  );
}

/** The point of the range that lies so far along it, in its logarithm where that is asked for. */
function within({ min, max, log }: Range, share: number): number {
  if (!log) return min + share * (max - min);
  return Math.exp(Math.log(min) + share * (Math.log(max) - Math.log(min)));
}

function invalid(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
