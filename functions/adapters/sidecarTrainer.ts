import { sidecarHealthSchema, type TrainingSpec, trainingJobSchema, trainingResultSchema } from "../../shared/contracts/training.ts";
import type { Trainer } from "../../shared/ports/trainer.ts";
import { type SidecarOptions, sendBytes, sendJson } from "./sidecarRequest.ts";

/** The training half of the GPU sidecar over HTTP. One call each: what to do after a failure is the ledger's to decide. */
export function createSidecarTrainer(options: SidecarOptions): Trainer {
  const job = (id: string) => `/v1/training/jobs/${encodeURIComponent(id)}`;
  return {
    async putDataset(sha256, parquet) {
      await sendBytes(options, `/v1/datasets/${encodeURIComponent(sha256)}`, {
        method: "PUT",
        body: parquet as Uint8Array<ArrayBuffer>,
        headers: { "content-type": "application/vnd.apache.parquet" },
      });
    },
    submit: (spec: TrainingSpec) =>
      sendJson(options, "/v1/training/jobs", trainingJobSchema, {
        method: "POST",
        body: JSON.stringify(spec),
        headers: { "content-type": "application/json" },
      }),
    status: (job_id) => sendJson(options, job(job_id), trainingJobSchema),
    cancel: (job_id) => sendJson(options, job(job_id), trainingJobSchema, { method: "DELETE" }),
    result: (job_id) => sendJson(options, `${job(job_id)}/result`, trainingResultSchema),
    model: (job_id, format) => sendBytes(options, `${job(job_id)}/model?format=${format}`),
    health: () => sendJson(options, "/health", sidecarHealthSchema),
  };
}
