import { sha256Hex } from "../../../shared/domain/hash.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { DirectionEvaluation } from "../../../shared/metrics/evaluateDirection.ts";
import { experimentNameOf } from "../../../shared/models/experimentName.ts";
import { modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import type { Sweep } from "../../../shared/models/sweepPlan.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";
import type { LoggedRun } from "../../../shared/ports/tracking.ts";
import type { Ports } from "../ports.ts";
import { intervalMetrics } from "../training/intervalMetrics.ts";
import { runParams } from "../training/runParams.ts";

/** Of which sweep a trial is, and on what. */
export interface TrialRecord {
  readonly parent_run_id: string;
  readonly instrument: string;
  /** Pipeline and run. */
  readonly source: string;
  /** The data interval's end, like every time of a run. */
  readonly at: Instant;
  readonly dataset: string;
}

export interface EndedTrial extends TrialRecord {
  readonly trial: number;
  readonly profile: TrainingProfile;
  /** Null: it could not be trained. */
  readonly score: DirectionEvaluation | null;
  readonly job_id: string | null;
}

/** A trial as a child run in MLflow's terms. Its figures are of the part that trials are compared by. */
export async function logTrial(ports: Ports, { trial, profile, score, job_id, ...record }: EndedTrial): Promise<void> {
  const run_id = sha256Hex(`${record.parent_run_id}/${trial}`).slice(0, 32);
  const values = score
    ? { ...intervalMetrics("selection_log_loss", score.log_loss), ...intervalMetrics("selection_accuracy", score.accuracy) }
    : {};
  await ports.tracking.logRun({
    ...runOf(record, run_id, `${record.instrument} trial ${trial}`),
    status: score ? "FINISHED" : "FAILED",
    params: runParams(profile),
    metrics: metricsOf({ ...values, selection_rows: score?.n }, record.at),
    tags: {
      ...tagsOf(record),
      "mlflow.parentRunId": record.parent_run_id,
      trial: String(trial),
      ...(job_id === null ? {} : { job_id }),
    },
  });
}

/** The sweep itself, the parent of its trials and of the training that its best gets. */
export async function logSweep(
  ports: Ports,
  record: TrialRecord,
  sweep: Sweep,
  best: { trials: number; best_trial: number; best_log_loss: number; profile_log_loss: number | null; tested_from: string },
): Promise<void> {
  const { trials, best_trial, best_log_loss, profile_log_loss, tested_from } = best;
  await ports.tracking.logRun({
    ...runOf(record, record.parent_run_id, `${record.instrument} sweep of ${trials}`),
    status: "FINISHED",
    params: { method: sweep.method, seed: String(sweep.seed), trials: String(trials), tested_from },
    metrics: metricsOf({ best_trial, selection_log_loss: best_log_loss, profile_selection_log_loss: profile_log_loss }, record.at),
    tags: { ...tagsOf(record), sweep: JSON.stringify(sweep.params) },
  });
}

function runOf({ instrument, at }: TrialRecord, run_id: string, run_name: string) {
  return {
    run_id,
    experiment: experimentNameOf(instrument),
    run_name,
    start_time: at,
    end_time: at,
    artifact_uri: modelArtifactKeys(run_id).root,
  } satisfies Partial<LoggedRun>;
}

function tagsOf({ instrument, source, dataset }: TrialRecord): Record<string, string> {
  const user = { "mlflow.user": "fx-medallion", "mlflow.source.name": source, "mlflow.source.type": "JOB" };
  return { ...user, instrument, dataset };
}

function metricsOf(values: Readonly<Record<string, number | null | undefined>>, timestamp: Instant): LoggedRun["metrics"] {
  return Object.entries(values).flatMap(([key, value]) => (typeof value === "number" ? [{ key, value, timestamp, step: 0 }] : []));
}
