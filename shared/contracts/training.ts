import { z } from "zod";
import { SIDECAR_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer, fileBody, jsonBody } from "./route/defineRoute.ts";

/** The sidecar's training API, v1, of which the Worker is the client and gpu-sidecar the server. */

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "expected a SHA-256 in hex");
const rowIndex = z.int().nonnegative();

/** Rows `[start, end)` of the dataset, in its order (ascending event time). */
export const rowRangeSchema = z.strictObject({ start: rowIndex, end: rowIndex });
export type RowRange = z.infer<typeof rowRangeSchema>;

export const foldSchema = z.strictObject({ train: rowRangeSchema, test: rowRangeSchema });
export type Fold = z.infer<typeof foldSchema>;

/** The XGBoost parameters that may be set. XGBoost ignores names that it does not know, so others are refused here. */
export const boosterParamsSchema = z.strictObject({
  eta: z.number().positive().max(1).default(0.05),
  max_depth: z.int().min(1).max(12).default(3),
  min_child_weight: z.number().nonnegative().default(20),
  subsample: z.number().positive().max(1).default(0.8),
  colsample_bytree: z.number().positive().max(1).default(0.8),
  gamma: z.number().nonnegative().default(0),
  alpha: z.number().nonnegative().default(0.1),
  lambda: z.number().nonnegative().default(1),
  max_bin: z.int().min(16).max(1024).default(256),
});
export type BoosterParams = z.infer<typeof boosterParamsSchema>;

/** How labels are shuffled: see blockPermutation. */
export const labelShuffleSchema = z.strictObject({ seed: z.int().nonnegative(), block_rows: z.int().min(1) });

/**
 * Weighs every training row by its label's average uniqueness among the rows that it is trained with (shared/domain/labelUniqueness.ts),
 * from these columns of the dataset, both TIMESTAMP: when the label begins and when it is decided. With `among`, features of which in each row
 * one is 1, only among the rows that have the same one: labels of another pair's rows do not make a pair's own worth less.
 */
export const uniquenessSchema = z.strictObject({
  start: z.string().min(1),
  end: z.string().min(1),
  among: z.array(z.string().min(1)).min(1).max(100).optional(),
});

/**
 * How many rounds each seed of each fold is trained: as many as had the lowest log loss on the test rows of an inner fold, all of whose
 * rows are among the fold's training rows, before `patience` rounds brought no lower one. The model is then trained anew on all of the
 * fold's training rows for so many rounds, so that there is nothing to cut off, and the newest rows are learnt from. `rounds` is the most.
 */
export const earlyStoppingSchema = z.strictObject({
  patience: z.int().min(1).max(1000),
  /** One for each of the spec's folds, in their order. */
  folds: z.array(foldSchema).min(1).max(50),
  /** For the model that is kept, whose training rows are all. */
  model: foldSchema,
});
export type EarlyStopping = z.infer<typeof earlyStoppingSchema>;

/**
 * A part of the rows in which some features have one value (null: missing), as the rows of one pair have: the kept model is also given as the
 * model of the other features that it is there, with those splits answered.
 */
export const modelPartSchema = z.strictObject({
  name: z.string().regex(/^\w{1,40}$/, "expected at most 40 letters, digits and underscores"),
  given: z.record(z.string().min(1), z.number().nullable()),
  /** All the others, in the order that the part's model has them in. */
  feature_names: z.array(z.string().min(1)).min(1).max(1000),
});
export type ModelPart = z.infer<typeof modelPartSchema>;

export const trainingSpecSchema = z.strictObject({
  /** SHA-256 of the Parquet file, uploaded before with PUT /v1/datasets/{sha256}. */
  dataset: sha256Schema,
  /** Columns of the dataset, in the model's order. DOUBLE, null where missing. */
  feature_names: z.array(z.string().min(1)).min(1).max(1000),
  /** Column with 0 or 1. */
  label: z.string().min(1).default("y"),
  params: boosterParamsSchema,
  rounds: z.int().min(1).max(5000),
  /** The model that is kept is the mean, by margin, of one model a seed, each trained on every row. */
  seeds: z.array(z.int().nonnegative()).min(1).max(50),
  folds: z.array(foldSchema).min(1).max(50),
  device: z.enum(["cpu", "cuda"]).default("cpu"),
  /**
   * Trains once more, with the first seed, on labels whose blocks of so many rows were put in a random order over the whole dataset. What
   * it then finds in the folds' test rows, in the labels that these got, is what the evaluation finds where there is nothing.
   */
  label_shuffle: labelShuffleSchema.optional(),
  uniqueness: uniquenessSchema.optional(),
  early_stopping: earlyStoppingSchema.optional(),
  parts: z.array(modelPartSchema).min(1).max(20).optional(),
  /** Another number is another job: what was trained before is trained again. */
  repetition: z.int().min(1).optional(),
});
export type TrainingSpec = z.infer<typeof trainingSpecSchema>;

export const jobStateSchema = z.enum(["queued", "running", "succeeded", "failed", "cancelled", "lost"]);
export type JobState = z.infer<typeof jobStateSchema>;

export const trainingJobSchema = z.object({
  /** Derived from the spec: submitting the same spec twice gives the same job. */
  job_id: z.string(),
  state: jobStateSchema,
  /** Models trained and to train: seeds x (folds + 1), and folds more with a label_shuffle. */
  progress: z.object({ done: z.int(), total: z.int() }),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  created_at: z.number(),
  updated_at: z.number(),
});
export type TrainingJob = z.infer<typeof trainingJobSchema>;

/** Probabilities of a model that was kept on the dataset's last rows that are its own, for the parity check of other evaluators. */
const paritySchema = z.object({ rows: z.array(rowIndex), predictions: z.array(z.number()) });
const importanceSchema = z.record(z.string(), z.number());

/** What a part of the kept model is, as XGBoost says it of the part's own file. */
const partResultSchema = z.object({ parity: paritySchema, splits: z.int().nonnegative(), importance: importanceSchema });

export const trainingResultSchema = z.object({
  job_id: z.string(),
  /** Out-of-fold probabilities of a rise: `predictions[s][i]` is seed `s` on dataset row `rows[i]`. */
  out_of_fold: z.object({ rows: z.array(rowIndex), predictions: z.array(z.array(z.number())) }),
  /** Of the run with shuffled labels: how they were, and its out-of-fold probabilities of the rows of `out_of_fold`. */
  shuffled: z.object({ shuffle: labelShuffleSchema, predictions: z.array(z.number()) }).optional(),
  parity: paritySchema,
  /** How often the trees split: `out_of_fold[s][f]` those of seed `s` on fold `f`, `model` those of the kept model. 0: a constant. */
  splits: z.object({ out_of_fold: z.array(z.array(z.int().nonnegative())), model: z.int().nonnegative() }),
  /** Rounds that each model was trained, in the order of `splits`. Of a result from before they could differ: absent. */
  rounds: z.object({ out_of_fold: z.array(z.array(z.int())), model: z.array(z.int()) }).optional(),
  /** Total gain by feature over all trees of the kept model, shares that sum to 1. Unused features are 0. */
  importance: importanceSchema,
  /** By name, where the spec has parts. */
  parts: z.record(z.string(), partResultSchema).optional(),
  library_version: z.string(),
  /** Where it was really trained, read back from the booster, not what was asked for. */
  device: z.enum(["cpu", "cuda"]),
  seconds: z.number(),
});
export type TrainingResult = z.infer<typeof trainingResultSchema>;

/**
 * Raised when the Worker or the sidecar no longer understands what the other of the version before says: a field that is needed, another
 * meaning of a spec. Sidecars of before it was told are of 0.
 */
export const SIDECAR_PROTOCOL = 1;

export const sidecarHealthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  /** SIDECAR_PROTOCOL of its code: the Worker asks those alone that have its own. */
  protocol: z.int().default(0),
  training: z.object({
    available: z.boolean(),
    /** Why training is not available, and the command that mends it. */
    reason: z.string().nullable(),
    library_version: z.string().nullable(),
    library_path: z.string().nullable(),
    cuda: z.boolean(),
    queued: z.int(),
    running: z.int(),
  }),
});
export type SidecarHealth = z.infer<typeof sidecarHealthSchema>;

export const MAX_DATASET_BYTES = 256 * 1024 * 1024;
/** A spec of 1,000 features, 50 seeds and 50 folds has about 40 KiB. */
const MAX_SPEC_BYTES = 1024 * 1024;

export const uploadDataset = defineRoute({
  family: SIDECAR_ROUTES,
  method: "PUT",
  path: "/v1/datasets/{sha256}",
  summary: "a Parquet file under its own hash",
  params: z.object({ sha256: sha256Schema }),
  body: fileBody("application/vnd.apache.parquet", MAX_DATASET_BYTES),
  answers: { 200: z.object({ sha256: sha256Schema, bytes: z.int() }) },
});

export const submitJob = defineRoute({
  family: SIDECAR_ROUTES,
  method: "POST",
  path: "/v1/training/jobs",
  summary: "trains by a spec; the same spec is the same job",
  body: jsonBody(trainingSpecSchema, { max_bytes: MAX_SPEC_BYTES }),
  answers: { 202: trainingJobSchema },
  errors: [409, 429, 503],
});

export const listJobs = defineRoute({
  family: SIDECAR_ROUTES,
  method: "GET",
  path: "/v1/training/jobs",
  summary: "the jobs that are kept, the newest first",
  answers: { 200: z.object({ jobs: z.array(trainingJobSchema) }) },
});

export const readJob = defineRoute({
  family: SIDECAR_ROUTES,
  method: "GET",
  path: "/v1/training/jobs/{job_id}",
  summary: "how far a job is",
  answers: { 200: trainingJobSchema },
  errors: [404],
});

export const cancelJob = defineRoute({
  family: SIDECAR_ROUTES,
  method: "DELETE",
  path: "/v1/training/jobs/{job_id}",
  summary: "ends a job at once; one that has ended stays as it is",
  answers: { 200: trainingJobSchema },
  errors: [404],
});

export const readJobResult = defineRoute({
  family: SIDECAR_ROUTES,
  method: "GET",
  path: "/v1/training/jobs/{job_id}/result",
  summary: "what a job that succeeded found",
  answers: { 200: trainingResultSchema },
  errors: [404, 409],
});

export const readJobModel = defineRoute({
  family: SIDECAR_ROUTES,
  method: "GET",
  path: "/v1/training/jobs/{job_id}/model",
  summary: "the model that it kept, or what that is of one of its parts",
  query: z.object({ format: z.enum(["ubj", "json"]).default("ubj"), part: modelPartSchema.shape.name.optional() }),
  answers: { 200: fileAnswer("application/octet-stream", "application/json") },
  errors: [404, 409],
});
