import { fromParquet } from "../../../functions/pipelines/training/trainingSetParquet.ts";
import { SIDECAR_PROTOCOL, type TrainingJob } from "../../../shared/contracts/training.ts";
import { jobIdOf } from "../../../shared/contracts/trainingJobId.ts";
import { AppError } from "../../../shared/errors.ts";
import { TRAINING_PROFILES } from "../../../shared/models/trainingProfile.ts";
import type { Trainer } from "../../../shared/ports/trainer.ts";
import { type InProcessTraining, trainInProcess } from "../models/trainInProcess.ts";

/** The sidecar's training by its own code, within the call that submits a job: no time passes. It has a model a pair, and no parts. */
export function createInProcessTrainer(): Trainer {
  const datasets = new Map<string, Uint8Array>();
  const jobs = new Map<string, { readonly job: TrainingJob; readonly trained: InProcessTraining }>();

  function require(job_id: string) {
    const entry = jobs.get(job_id);
    if (!entry) throw new AppError("job_unknown", `no job ${job_id}`, { status: 404 });
    return entry;
  }

  return {
    putDataset: async (sha256, parquet) => void datasets.set(sha256, parquet.slice()),
    submit: async (spec) => {
      const parquet = datasets.get(spec.dataset);
      if (!parquet) throw new AppError("dataset_unknown", "upload it first", { status: 404 });
      const job_id = jobIdOf(spec);
      const trained = await trainInProcess(await fromParquet(parquet, "set"), TRAINING_PROFILES.backfill, spec);
      datasets.delete(spec.dataset);
      const job: TrainingJob = { job_id, state: "succeeded", progress: { done: 1, total: 1 }, error: null, created_at: 0, updated_at: 0 };
      jobs.set(job_id, { job, trained });
      return job;
    },
    status: async (job_id) => require(job_id).job,
    cancel: async (job_id) => require(job_id).job,
    result: async (job_id) => require(job_id).trained.result,
    model: async (job_id, format) => {
      const { trained } = require(job_id);
      return format === "json" ? trained.model : trained.ubj;
    },
    health: async () => ({
      status: "ok",
      protocol: SIDECAR_PROTOCOL,
      training: { available: true, reason: null, library_version: "3.4.1", library_path: "lib", cuda: false, queued: 0, running: 0 },
    }),
    metrics: async () => "fx_sidecar_training_available 1\n",
  };
}
