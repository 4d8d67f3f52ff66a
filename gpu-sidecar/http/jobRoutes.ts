import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { cancelJob, listJobs, readJob, readJobModel, readJobResult, submitJob } from "../../shared/contracts/training.ts";
import type { JobService } from "../training/jobService.ts";

/** Submitting is idempotent: the id is the spec's hash. */
export function jobRoutes(jobs: JobService): MountedRoute[] {
  return [
    handle(submitJob, async ({ body }, context) => {
      const job = await jobs.submit(body);
      context.header("Location", `/v1/training/jobs/${job.job_id}`);
      return job;
    }),
    handle(listJobs, () => ({ jobs: jobs.list() })),
    handle(readJob, ({ params }) => jobs.get(params.job_id)),
    handle(cancelJob, ({ params }) => jobs.cancel(params.job_id)),
    handle(readJobResult, async ({ params }) => bytesResponse(await jobs.result(params.job_id), "application/json")),
    handle(readJobModel, async ({ params, query: { format, part } }) => {
      const model = await jobs.model(params.job_id, format, part);
      return bytesResponse(model, format === "json" ? "application/json" : "application/octet-stream");
    }),
  ];
}

function bytesResponse(bytes: Uint8Array, contentType: string): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { "Content-Type": contentType } });
}
