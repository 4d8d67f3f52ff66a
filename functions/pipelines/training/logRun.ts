import { z } from "zod";
import { SWEEP_TRIALS_TAG } from "../../../shared/backtest/trialsOf.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { AppError } from "../../../shared/errors.ts";
import { modelViews, type ViewConfig } from "../../../shared/features/views.ts";
import { BASELINES } from "../../../shared/metrics/evaluateDirection.ts";
import { runDatasetOf } from "../../../shared/mlflow/runDatasetOf.ts";
import type { Evaluation } from "../../../shared/models/evaluation.ts";
import { experimentNameOf } from "../../../shared/models/experimentName.ts";
import { modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { type TrainingProfile, trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import type { DatasetManifest, Metric } from "../../../shared/ports/tracking.ts";
import { HOURS, type Hours } from "../../../shared/validation/compareByHours.ts";
import type { Ports } from "../ports.ts";
import { evaluateModel } from "./evaluateModel.ts";
import { intervalMetrics } from "./intervalMetrics.ts";
import { metricsOfCalibration } from "./metricsOfCalibration.ts";
import { metricsOfParts, metricsOfScores } from "./metricsOfScores.ts";
import { readEvaluation } from "./readEvaluation.ts";
import { runParams } from "./runParams.ts";
import { readTrainingRecord } from "./trainingRecord.ts";

/** The run of the pooled model, at the run of what that is of one pair. */
const POOL_RUN_TAG = "pool_run_id";

/** Records the run in MLflow's terms: parameters, metrics with their intervals' ends, and tags that lead back to the data. */
export const logRun = defineStep({
  name: "log_run",
  reads: { evaluateModel },
  report: z.strictObject({
    run_id: z.string(),
    written: z.int(),
    /** Of a pooled model, the run of what it is of each pair. */
    parts: z.record(z.string(), z.string()).optional(),
  }),
  run: async (ports: Ports, context) => {
    const { run_id, job_id, parts } = context.reads.evaluateModel;
    const written = await logOne(ports, context, { run_id, job_id });
    if (parts === undefined) return { kind: "success", report: { run_id, written } };
    const runs: Record<string, string> = {};
    for (const [pair, part] of Object.entries(parts)) {
      runs[pair] = part.run_id;
      await logOne(ports, context, { run_id: part.run_id, job_id, pool_run_id: run_id });
    }
    return { kind: "success", report: { run_id, written, parts: runs } };
  },
});

interface LoggedRun {
  readonly run_id: string;
  readonly job_id: string;
  /** The run of the pooled model that it is a part of. */
  readonly pool_run_id?: string;
}

/** Returns how many metrics it has. */
async function logOne(ports: Ports, context: StepContext, { run_id, job_id, pool_run_id }: LoggedRun): Promise<number> {
  const evaluation = await readEvaluation(ports, run_id);
  const profile = trainingProfileOf(context.conf);
  const metrics = metricsOf(evaluation, ports.config, context.window.end);
  const learnt = pool_run_id === undefined ? evaluation.dataset : (await readEvaluation(ports, pool_run_id)).dataset;
  await ports.tracking.logRun({
    run_id,
    experiment: experimentNameOf(evaluation.instrument),
    run_name: `${evaluation.instrument} ${context.run_id}`,
    status: "FINISHED",
    // The data interval's end, like every time of a run: a replayed day is logged as that day.
    start_time: context.window.end,
    end_time: context.window.end,
    artifact_uri: modelArtifactKeys(run_id).root,
    params: runParams(profile),
    metrics,
    tags: {
      ...tagsOf(evaluation, context),
      ...(profile.pooled ? { pairs: profile.pooled.join(",") } : {}),
      ...(await provenanceOf(ports, run_id)),
      ...sweepTags(profile),
      ...(pool_run_id === undefined ? {} : { [POOL_RUN_TAG]: pool_run_id }),
      job_id,
    },
    datasets: [runDatasetOf(await requireManifest(ports, learnt))],
  });
  return metrics.length;
}

/** With what and where it was trained; all of it is in the record that `fx reproduce` goes by. */
async function provenanceOf(ports: Ports, run_id: string): Promise<Record<string, string>> {
  const record = await readTrainingRecord(ports, run_id);
  if (record === null) return {};
  const { library_version, device, code_version } = record;
  return { library_version, device, ...(code_version === null ? {} : { "mlflow.source.git.commit": code_version }) };
}

/** Of a model whose parameters a sweep chose: the run of the sweep, of which this is a child beside its trials, and how many those were. */
function sweepTags({ sweep }: TrainingProfile): Record<string, string> {
  return sweep === null ? {} : { "mlflow.parentRunId": sweep.parent_run_id, [SWEEP_TRIALS_TAG]: String(sweep.trials) };
}

async function requireManifest(ports: Ports, sha256: string): Promise<DatasetManifest> {
  const manifest = await ports.tracking.dataset(sha256);
  if (manifest) return manifest;
  throw new AppError("dataset_unknown", `There is no manifest of training set ${sha256}.`);
}

/** What the names of metrics begin with, by the rows that they are of; those of all rows are the plain ones. */
const PREFIXES: Readonly<Record<Hours, string>> = { all: "", outside_rollover: "outside_rollover_", rollover: "rollover_" };

function metricsOf(evaluation: Evaluation, config: ViewConfig, timestamp: number): Metric[] {
  const { hours, seeds, importance, model_splits } = evaluation;
  const values: Record<string, number | null | undefined> = {
    ...importanceOfViews(importance, config),
    ...metricsOfCalibration(evaluation.calibration),
    model_splits,
  };
  for (const name of HOURS) Object.assign(values, metricsOfHours(PREFIXES[name], hours[name]));
  const logged = Object.entries(values).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value, timestamp, step: 0 }],
  );
  const bySeed = seeds.flatMap(({ seed, log_loss }) =>
    log_loss === null ? [] : [{ key: "seed_log_loss", value: log_loss, timestamp, step: seed }],
  );
  return [...logged, ...bySeed, ...metricsOfParts(evaluation.breakdown, timestamp)];
}

function metricsOfHours(prefix: string, { compared, net, scores }: Evaluation["hours"][Hours]): Record<string, number | null | undefined> {
  const values: Record<string, number | null | undefined> = {
    [`${prefix}oof_rows`]: compared.model.n,
    [`${prefix}base_rate`]: compared.model.base_rate,
    [`${prefix}trades`]: net.trades,
    ...intervalMetrics(`${prefix}net_bp`, net.net_bp),
    ...metricsOfScores(prefix, scores),
  };
  for (const metric of ["log_loss", "brier", "auc", "accuracy"] as const) {
    Object.assign(values, intervalMetrics(`${prefix}${metric}`, compared.model[metric]));
    for (const baseline of BASELINES) values[`${prefix}${baseline}_${metric}`] = compared[baseline][metric]?.estimate;
  }
  for (const baseline of BASELINES)
    Object.assign(values, intervalMetrics(`${prefix}log_loss_minus_${baseline}`, compared[`versus_${baseline}`]));
  return values;
}

/** Share of the gain that the model has from each view but the market's, as `news_importance`; null when it never split on any of it. */
function importanceOfViews(importance: Evaluation["importance"], config: ViewConfig): Record<string, number | null> {
  const [, ...views] = modelViews(config);
  const entries = views.map(({ name, features }) => {
    const shares = features.flatMap((feature) => importance[feature.name] ?? []);
    return [name.replace(/_features$/, "_importance"), shares.length > 0 ? shares.reduce((sum, share) => sum + share, 0) : null] as const;
  });
  return Object.fromEntries(entries);
}

function tagsOf(evaluation: Evaluation, context: StepContext): Record<string, string> {
  return {
    "mlflow.user": "fx-medallion",
    "mlflow.source.name": `${context.dag_id}/${context.run_id}`,
    "mlflow.source.type": "JOB",
    instrument: evaluation.instrument,
    dataset: evaluation.dataset,
    profile: evaluation.profile,
  };
}
