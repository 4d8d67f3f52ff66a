import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { Ports } from "../ports.ts";
import { assembleTrainingSet } from "./assembleTrainingSet.ts";
import { followJob, hasSucceeded, heldJobSchema, POLL_MS } from "./followJob.ts";
import { submitTraining } from "./submitTraining.ts";

const reportSchema = z.strictObject({
  job_id: z.string(),
  /** Which sidecar has it; of an earlier version absent. */
  sidecar: z.string().optional(),
  models_done: z.int(),
  models_total: z.int(),
});

/**
 * Hands the training set to a sidecar as a job and looks at it every second, holding no slot in between. A job that its sidecar lost or never
 * heard of is submitted again, to another one where that is gone: the same spec is the same job, so nothing is trained twice.
 */
export const trainModel = defineStep({
  name: "train_model",
  reads: { assembleTrainingSet },
  report: reportSchema,
  cursor: heldJobSchema,
  run: async (ports: Ports, context) => {
    const { cursor, reads } = context;
    const { job, held } = await followJob(ports, context, cursor, () => submitTraining(ports, context, reads.assembleTrainingSet));
    const { job_id, progress } = job;
    const sidecar = held.sidecar === undefined ? {} : { sidecar: held.sidecar };
    const report = { job_id, ...sidecar, models_done: progress.done, models_total: progress.total };
    return hasSucceeded(job) ? { kind: "success", report } : { kind: "reschedule", delay_ms: POLL_MS, cursor: held, report };
  },
});
