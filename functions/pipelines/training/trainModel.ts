import { z } from "zod";
import type { TrainingJob } from "../../../shared/contracts/training.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext, StepOutcome } from "../../../shared/dag/step.ts";
import { giveBack } from "../../../shared/domain/giveBack.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import { trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import type { Ports } from "../ports.ts";
import { assembleTrainingSet } from "./assembleTrainingSet.ts";
import { modelParts } from "./modelParts.ts";
import { readDatasetFile } from "./readDataset.ts";
import { submitSpec } from "./submitSpec.ts";
import { timesFromParquet } from "./trainingSetParquet.ts";
import { trainingSpecOf } from "./trainingSpecOf.ts";

const POLL_MS = SECOND;

const reportSchema = z.strictObject({ job_id: z.string(), models_done: z.int(), models_total: z.int() });

/** The job that is waited for, and the try that submitted it. */
const cursorSchema = z.strictObject({ job_id: z.string(), try_number: z.int() });

/**
 * Hands the training set to the sidecar as a job and looks at it every second, holding no slot in between. A job that the
 * sidecar lost or never heard of is submitted again: the same spec is the same job, so nothing is trained twice.
 */
export const trainModel = defineStep({
  name: "train_model",
  reads: { assembleTrainingSet },
  report: reportSchema,
  cursor: cursorSchema,
  run: async (ports: Ports, context) => {
    const { cursor, reads, try_number } = context;
    // A new try submits again: a job that failed starts afresh, one that goes on is found.
    const job = cursor?.try_number === try_number ? await statusOf(ports, cursor.job_id) : null;
    return outcomeOf(job === null || job.state === "lost" ? await submit(ports, context, reads.assembleTrainingSet) : job, try_number);
  },
});

async function statusOf(ports: Ports, job_id: string): Promise<TrainingJob | null> {
  try {
    return await ports.trainer.status(job_id);
  } catch (error) {
    if (toAppError(error).code === "job_unknown") return null;
    throw error;
  }
}

async function submit(
  ports: Ports,
  context: StepContext,
  { dataset, parts: sets }: z.infer<typeof assembleTrainingSet.report>,
): Promise<TrainingJob> {
  const { manifest, parquet } = await readDatasetFile(ports, dataset);
  const parts = await modelParts(ports, manifest.feature_names, sets);
  const set = await timesFromParquet(parquet, manifest.instrument);
  const spec = trainingSpecOf({ manifest, set, parts }, trainingProfileOf(context.conf), ports.config.training_device);
  try {
    return await submitSpec(ports, spec, parquet);
  } finally {
    giveBack(parquet);
  }
}

function outcomeOf(job: TrainingJob, try_number: number): StepOutcome<z.infer<typeof reportSchema>, z.infer<typeof cursorSchema>> {
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
