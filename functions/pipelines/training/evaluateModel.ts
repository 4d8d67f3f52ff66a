import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import { instrumentsOf } from "../../../shared/features/poolSets.ts";
import type { Evaluation } from "../../../shared/models/evaluation.ts";
import { modelClaimSchema } from "../../../shared/models/modelClaim.ts";
import { leastPartRows, partOfTraining } from "../../../shared/models/partOfTraining.ts";
import { trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import type { Trainer } from "../../../shared/ports/trainer.ts";
import type { Ports } from "../ports.ts";
import { assembleTrainingSet } from "./assembleTrainingSet.ts";
import { finishedTraining } from "./finishedTraining.ts";
import { heldJobSchema, POLL_MS } from "./followJob.ts";
import { judgeModel, keepModel, type ModelToKeep } from "./keepModel.ts";
import { modelParts } from "./modelParts.ts";
import { type Dataset, withDataset } from "./readDataset.ts";
import { trainingSpecOf } from "./trainingSpecOf.ts";
import { trainModel } from "./trainModel.ts";

const summarySchema = z.strictObject({
  run_id: z.string(),
  rows: z.int(),
  accuracy: modelClaimSchema.shape.accuracy,
  auc: z.number().nullable(),
  log_loss: z.number().nullable(),
  majority_log_loss: z.number().nullable(),
  skill: modelClaimSchema.shape.skill,
  accuracy_outside_rollover: modelClaimSchema.shape.accuracy,
  net_bp_outside_rollover: modelClaimSchema.shape.net_bp,
  top_feature: z.string().nullable(),
});

type Summary = z.infer<typeof summarySchema>;

/** Where the model is, and what people read of it first; the whole evaluation lies in the lake. */
const reportSchema = summarySchema.extend({
  job_id: z.string(),
  /** Of a pooled model, what it is of each pair. */
  parts: z.record(z.string(), summarySchema).optional(),
});

/**
 * Fetches the job's result, judges the model, and writes it to the lake; of a pooled one also what it is of each pair, judged on the pair's own
 * rows as a model of the pair alone is.
 */
export const evaluateModel = defineStep({
  name: "evaluate_model",
  reads: { assembleTrainingSet, trainModel },
  report: reportSchema,
  cursor: heldJobSchema,
  run: async (ports: Ports, context) => {
    const { reads, conf, run_id: pipeline_run_id, map_key, log } = context;
    const training = await finishedTraining(ports, context);
    if ("waits_for" in training) return { kind: "reschedule", delay_ms: POLL_MS, cursor: training.waits_for, report: {} };
    const { job_id, result, trainer } = training;
    const { dataset: sha256, parts: sets } = reads.assembleTrainingSet;
    const profile = trainingProfileOf(conf);
    const seed = `${pipeline_run_id}/${map_key}/${job_id}`;
    const files = await filesOf(trainer, job_id);
    const { whole, pooled } = await withDataset(ports, sha256, async (dataset) => {
      const parts = await modelParts(ports, dataset.manifest.feature_names, sets);
      const spec = trainingSpecOf({ ...dataset, parts }, profile, ports.config.training_device);
      const model = { run_id: runIdOf(seed), profile, spec, result, judged_by: { folds: spec.folds, result }, ...files };
      const { event_time } = dataset.set;
      const pooled = sets && { sets, job_id, trainer, seed, sha256, event_time: event_time.slice(), whose: instrumentsOf(dataset.set) };
      return { whole: judgeModel(ports, dataset, model), pooled };
    });
    await keepModel(ports, whole);
    const report = { job_id, ...summary(whole.evaluation) };
    return { kind: "success", report: pooled ? { ...report, parts: await keepParts(ports, whole, pooled, log) } : report };
  },
});

interface Pooled {
  /** By pair, its own set. */
  readonly sets: Readonly<Record<string, string>>;
  readonly job_id: string;
  readonly trainer: Trainer;
  readonly seed: string;
  readonly sha256: string;
  readonly event_time: Float64Array;
  /** Whose each row is. */
  readonly whose: readonly Instrument[];
}

async function keepParts(ports: Ports, whole: ModelToKeep, pooled: Pooled, log: StepContext["log"]): Promise<Record<string, Summary>> {
  const pool = { run_id: whole.run_id, dataset: pooled.sha256, pairs: Object.keys(pooled.sets) };
  const parts: Record<string, Summary> = {};
  for (const [pair, sha256] of Object.entries(pooled.sets)) {
    const rows = [...pooled.whose.keys()].filter((row) => pooled.whose[row] === pair);
    const judged_by = partOfTraining(pair, rows, { folds: whole.spec.folds, result: whole.result }, leastPartRows(whole.profile));
    if (judged_by.folds.length === 0) {
      log(`${pair}: no fold was trained on enough rows of it, so it gets no version of this model`);
      continue;
    }
    const files = await filesOf(pooled.trainer, pooled.job_id, pair);
    const model = { ...whole, run_id: runIdOf(`${pooled.seed}/${pair}`), judged_by, pool, ...files };
    const judged = await withDataset(ports, sha256, (dataset) => {
      requireSameRows(dataset, rows, pooled.event_time);
      return judgeModel(ports, dataset, model);
    });
    await keepModel(ports, judged);
    parts[pair] = summary(judged.evaluation);
  }
  return parts;
}

/** What the pool says of a row is said of the pair's own row of the same moment. */
function requireSameRows({ set, manifest }: Dataset, rows: readonly number[], pooled_times: Float64Array): void {
  const { event_time } = set;
  if (rows.length === event_time.length && rows.every((row, own) => pooled_times[row] === event_time[own])) return;
  throw new AppError(
    "schema_mismatch",
    `Training set ${manifest.key} does not have the rows that the pooled one has of ${manifest.instrument}.`,
  );
}

async function filesOf(trainer: Trainer, job_id: string, part?: string): Promise<Pick<ModelToKeep, "json" | "ubj">> {
  const [json, ubj] = await Promise.all([trainer.model(job_id, "json", part), trainer.model(job_id, "ubj", part)]);
  return { json, ubj };
}

function runIdOf(text: string): string {
  return sha256Hex(text).slice(0, 32);
}

function summary({ run_id, hours, claim, importance }: Evaluation): Summary {
  const { compared } = hours.all;
  const [top_feature] = Object.entries(importance).sort(([, a], [, b]) => b - a)[0] ?? [null];
  return {
    run_id,
    rows: compared.model.n,
    accuracy: compared.model.accuracy,
    auc: compared.model.auc?.estimate ?? null,
    log_loss: compared.model.log_loss?.estimate ?? null,
    majority_log_loss: compared.majority.log_loss?.estimate ?? null,
    skill: claim.skill,
    accuracy_outside_rollover: claim.accuracy,
    net_bp_outside_rollover: claim.net_bp,
    top_feature,
  };
}
