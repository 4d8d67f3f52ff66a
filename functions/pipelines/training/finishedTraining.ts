import type { z } from "zod";
import type { TrainingResult } from "../../../shared/contracts/training.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { type ErrorCode, toAppError } from "../../../shared/errors.ts";
import type { Trainer } from "../../../shared/ports/trainer.ts";
import type { Ports } from "../ports.ts";
import type { assembleTrainingSet } from "./assembleTrainingSet.ts";
import { followJob, type HeldJob, hasSucceeded } from "./followJob.ts";
import { submitTraining } from "./submitTraining.ts";
import type { trainModel } from "./trainModel.ts";

export interface FinishedTraining {
  readonly job_id: string;
  readonly result: TrainingResult;
  /** Has the model's files. */
  readonly trainer: Trainer;
}

type Context = StepContext<HeldJob> & {
  readonly reads: {
    readonly assembleTrainingSet: z.infer<typeof assembleTrainingSet.report>;
    readonly trainModel: z.infer<typeof trainModel.report>;
  };
};

/**
 * What train_model had trained. The files are with the sidecar that made them until they are evaluated: where that is gone, or has forgotten
 * them, the same job is done once more, by another one, and what is waited for is given.
 */
export async function finishedTraining(ports: Ports, context: Context): Promise<FinishedTraining | { readonly waits_for: HeldJob }> {
  const { cursor, reads } = context;
  if (cursor === null) {
    const found = await findResult(ports, context);
    if (found !== null) return found;
    context.log(`The result of training job ${reads.trainModel.job_id} is not to be had any more: the job is done again.`);
  }
  const { job, held } = await followJob(ports, context, cursor, () => submitTraining(ports, context, reads.assembleTrainingSet));
  if (!hasSucceeded(job)) return { waits_for: held };
  const { trainer } = ports.sidecars.find(held.sidecar)!;
  return { job_id: job.job_id, result: await trainer.result(job.job_id), trainer };
}

const FORGOTTEN: ReadonlySet<ErrorCode> = new Set(["job_unknown", "job_lost"]);

/** Null: nobody has it. One that does not answer is waited for until the next try. */
async function findResult(ports: Ports, { reads, try_number }: Context): Promise<FinishedTraining | null> {
  const { job_id, sidecar: name } = reads.trainModel;
  const sidecar = ports.sidecars.find(name);
  if (sidecar === null) return null;
  try {
    return { job_id, result: await sidecar.trainer.result(job_id), trainer: sidecar.trainer };
  } catch (error) {
    const { code } = toAppError(error);
    if (FORGOTTEN.has(code) || (code === "sidecar_unavailable" && try_number > 1)) return null;
    throw error;
  }
}
