import type { TrainingJob } from "../../../shared/contracts/training.ts";
import type { StepContext, StepOutcome } from "../../../shared/dag/step.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import { trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import type { PipelineStep, Ports } from "../ports.ts";
import { readDataset } from "./readDataset.ts";
import { trainingSpecOf } from "./trainingSpecOf.ts";

const POLL_MS = SECOND;

/**
 * Hands the training set to the sidecar as a job and looks at it every second, holding no slot in between. A job that the
 * sidecar lost or never heard of is submitted again: the same spec is the same job, so nothing is trained twice.
 */
export const trainModel: PipelineStep = async (ports, context) => {
  const { job_id, try_number } = context.cursor ?? {};
  // A new try submits again: a job that failed starts afresh, one that goes on is found.
  const job = typeof job_id === "string" && try_number === context.try_number ? await statusOf(ports, job_id) : null;
  return outcomeOf(job === null || job.state === "lost" ? await submit(ports, context) : job, context);
};

async function statusOf(ports: Ports, job_id: string): Promise<TrainingJob | null> {
  try {
    return await ports.trainer.status(job_id);
  } catch (error) {
    if (toAppError(error).code === "job_unknown") return null;
    throw error;
  }
}

async function submit(ports: Ports, context: StepContext): Promise<TrainingJob> {
  const dataset = await readDataset(ports, context.upstream("assemble_training_set")?.["dataset"]);
  const spec = trainingSpecOf(dataset, trainingProfileOf(context.conf), ports.config.training_device);
  try {
    return await ports.trainer.submit(spec);
  } catch (error) {
    if (toAppError(error).code !== "dataset_unknown") throw error;
    await ports.trainer.putDataset(dataset.manifest.sha256, dataset.parquet);
    return ports.trainer.submit(spec);
  }
}

function outcomeOf(job: TrainingJob, { try_number }: StepContext): StepOutcome {
  const report = { job_id: job.job_id, models_done: job.progress.done, models_total: job.progress.total };
  if (job.state === "succeeded") return { kind: "success", report };
  if (job.state === "failed" || job.state === "cancelled") {
    const reason = job.error ? `${job.error.code}: ${job.error.message}` : `the job was ${job.state}`;
    throw new AppError("training_failed", `Training job ${job.job_id}: ${reason}`, {
      retryable: job.state === "failed",
      details: { job_id: job.job_id },
    });
  }
  return { kind: "reschedule", delay_ms: POLL_MS, cursor: { job_id: job.job_id, try_number }, report };
}
