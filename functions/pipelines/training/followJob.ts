import { z } from "zod";
import type { TrainingJob } from "../../../shared/contracts/training.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import type { Ports } from "../ports.ts";
import type { PlacedJob } from "./submitSpec.ts";

/** Between two looks at a job that is under way. */
export const POLL_MS = SECOND;

/** The job that is waited for, as the ledger keeps it: nothing else knows which sidecar has it. */
export const heldJobSchema = z.strictObject({
  job_id: z.string(),
  /** Absent: of a job from before there could be several. */
  sidecar: z.string().optional(),
  /** The try that submitted it; 0: an earlier version did. */
  try_number: z.int().default(0),
  /** How often it was lost in this try. */
  losses: z.int().default(0),
});
export type HeldJob = z.infer<typeof heldJobSchema>;

/** A sidecar that ends in the middle of a job is killed now and then; one that ends each time has a reason, which a try is for. */
const MAX_LOSSES = 3;

/**
 * Looks at a job where it is, or submits it where there is none to look at: at first, in each new try, and when the sidecar has lost it, no longer
 * knows it or is configured no more. The same spec is the same job, so what is under way or done already is found and not trained twice.
 *
 * A sidecar that does not answer fails the try (retryable, and counted by the engine as any other), and the next one may find another: what is
 * only away for a moment keeps its job.
 */
export async function followJob(
  ports: Pick<Ports, "sidecars">,
  { try_number, log }: Pick<StepContext, "try_number" | "log">,
  held: HeldJob | null,
  submit: () => Promise<PlacedJob>,
): Promise<{ readonly job: TrainingJob; readonly held: HeldJob }> {
  const isOfThisTry = held?.try_number === try_number;
  const found = held !== null && isOfThisTry ? await lookAt(ports, held) : null;
  if (held !== null && found !== null) return { job: found, held };
  const losses = held !== null && isOfThisTry ? held.losses + 1 : 0;
  if (losses > MAX_LOSSES) throw lostTooOften(held!, losses);
  const { job, sidecar } = await submit();
  if (held?.sidecar !== undefined && held.sidecar !== sidecar) {
    log(`Training job ${job.job_id} was with the sidecar ${held.sidecar}, and is with ${sidecar} now.`);
  }
  return { job, held: { job_id: job.job_id, sidecar, try_number, losses } };
}

/** Null where it is not under way there, nor has ended there. */
async function lookAt(ports: Pick<Ports, "sidecars">, { job_id, sidecar: name }: HeldJob): Promise<TrainingJob | null> {
  const sidecar = ports.sidecars.find(name);
  if (sidecar === null) return null;
  try {
    const job = await sidecar.trainer.status(job_id);
    return job.state === "lost" ? null : job;
  } catch (error) {
    if (toAppError(error).code === "job_unknown") return null;
    throw error;
  }
}

function lostTooOften({ job_id, sidecar }: HeldJob, losses: number): AppError {
  const message = `Training job ${job_id} was lost ${losses} times, at last by the sidecar ${sidecar ?? "that is configured"}: its log says why it ended.`;
  return new AppError("job_lost", message, { status: 503, retryable: true, details: { job_id } });
}

/** Whether a job has succeeded, or goes on. Throws training_failed where it has ended otherwise. */
export function hasSucceeded(job: TrainingJob): boolean {
  if (job.state !== "failed" && job.state !== "cancelled") return job.state === "succeeded";
  const reason = job.error ? `${job.error.code}: ${job.error.message}` : `the job was ${job.state}`;
  throw new AppError("training_failed", `Training job ${job.job_id}: ${reason}`, {
    retryable: job.state === "failed",
    details: { job_id: job.job_id },
  });
}
