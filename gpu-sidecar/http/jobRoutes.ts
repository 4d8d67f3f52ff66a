import { Hono } from "hono";
import { AppError } from "../../shared/errors.ts";
import type { JobService } from "../training/jobService.ts";
import type { ModelFormat } from "../training/jobStore.ts";
import { readJson } from "./readJson.ts";

/** /v1/training/jobs. Submitting is idempotent: the id is the spec's hash. */
export function jobRoutes(jobs: JobService): Hono {
  return new Hono()
    .post("/", async (c) => {
      const job = await jobs.submit(await readJson(c));
      c.header("Location", `/v1/training/jobs/${job.job_id}`);
      return c.json(job, 202);
    })
    .get("/", (c) => c.json({ jobs: jobs.list() }))
    .get("/:job_id", (c) => c.json(jobs.get(c.req.param("job_id"))))
    .delete("/:job_id", (c) => c.json(jobs.cancel(c.req.param("job_id"))))
    .get("/:job_id/result", async (c) => bytesResponse(await jobs.result(c.req.param("job_id")), "application/json"))
    .get("/:job_id/model", async (c) => {
      const format = requireFormat(c.req.query("format") ?? "ubj");
      const model = await jobs.model(c.req.param("job_id"), format);
      return bytesResponse(model, format === "json" ? "application/json" : "application/octet-stream");
    });
}

function requireFormat(format: string): ModelFormat {
  if (format === "ubj" || format === "json") return format;
  const message = `format: expected "ubj" or "json", was "${format.slice(0, 40)}"`;
  throw new AppError("invalid_request", message, { status: 422, details: { field: "format" } });
}

function bytesResponse(bytes: Uint8Array, contentType: string): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { "Content-Type": contentType } });
}
