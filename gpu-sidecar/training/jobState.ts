import type { JobState, TrainingJob, TrainingSpec } from "../../shared/contracts/training.ts";
import { counted } from "../../shared/domain/counted.ts";
import { AppError } from "../../shared/errors.ts";
import { modelCount } from "./planUnits.ts";

/** Nothing more happens to a job in one of these states by itself. */
const FINAL_STATES: ReadonlySet<JobState> = new Set(["succeeded", "failed", "cancelled", "lost"]);

export function isFinal(job: TrainingJob): boolean {
  return FINAL_STATES.has(job.state);
}

/** A submission of the same spec is answered with this job; a failed, cancelled or lost one is started again instead. */
export function isReusable(job: TrainingJob): boolean {
  return job.state === "succeeded" || !isFinal(job);
}

export function newJob(job_id: string, spec: TrainingSpec, now: number): TrainingJob {
  return { job_id, state: "queued", progress: { done: 0, total: modelCount(spec) }, error: null, created_at: now, updated_at: now };
}

export function lostJob(job: TrainingJob, now: number): TrainingJob {
  const message = "the sidecar stopped while this job was running, so its work is lost: start it again by submitting the same spec";
  return { ...job, state: "lost", error: { code: "job_lost", message }, updated_at: now };
}

/** Why a job that did not succeed (or not yet) has no result to give. */
export function noResult(job: TrainingJob): AppError {
  const details = { job_id: job.job_id, state: job.state, progress: job.progress };
  const reason = job.error?.message ?? "";
  switch (job.state) {
    case "failed":
      return new AppError("training_failed", `job ${job.job_id} failed: ${reason}`, {
        status: 409,
        details: { ...details, error: job.error },
      });
    case "cancelled":
      return new AppError("cancelled", `job ${job.job_id} was cancelled; submit its spec again to start it anew`, { status: 409, details });
    case "lost":
      return new AppError("job_lost", `job ${job.job_id} is lost: ${reason}`, { status: 409, details });
    default: {
      const { done, total } = job.progress;
      const message = `job ${job.job_id} is ${job.state} (${done} of ${counted(total, "model")}): its result is not ready`;
      return new AppError("job_not_ready", message, { status: 409, retryable: true, retry_after_ms: 1_000, details });
    }
  }
}

/** Final jobs to forget: all but the newest `keep`. */
export function jobsToDrop(jobs: readonly TrainingJob[], keep: number): TrainingJob[] {
  return jobs
    .filter(isFinal)
    .sort((a, b) => b.updated_at - a.updated_at)
    .slice(keep);
}
