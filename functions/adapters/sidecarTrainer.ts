import { requestOf } from "../../shared/contracts/route/requestOf.ts";
import { readSidecarMetrics } from "../../shared/contracts/sidecarMetrics.ts";
import {
  cancelJob,
  readJob,
  readJobModel,
  readJobResult,
  sidecarHealthSchema,
  submitJob,
  trainingJobSchema,
  trainingResultSchema,
  uploadDataset,
} from "../../shared/contracts/training.ts";
import type { Trainer } from "../../shared/ports/trainer.ts";
import { readSidecarHealth } from "./sidecarHealth.ts";
import { type SidecarOptions, sendBytes, sendJson } from "./sidecarRequest.ts";

/** The training half of the GPU sidecar over HTTP. One call each: what to do after a failure is the ledger's to decide. */
export function createSidecarTrainer(options: SidecarOptions): Trainer {
  return {
    putDataset: async (sha256, parquet) => void (await sendBytes(options, requestOf(uploadDataset, { params: { sha256 }, body: parquet }))),
    submit: (spec) => sendJson(options, requestOf(submitJob, { body: spec }), trainingJobSchema),
    status: (job_id) => sendJson(options, requestOf(readJob, { params: { job_id } }), trainingJobSchema),
    cancel: (job_id) => sendJson(options, requestOf(cancelJob, { params: { job_id } }), trainingJobSchema),
    result: (job_id) => sendJson(options, requestOf(readJobResult, { params: { job_id } }), trainingResultSchema),
    model: (job_id, format, part) =>
      sendBytes(options, requestOf(readJobModel, { params: { job_id }, query: part === undefined ? { format } : { format, part } })),
    health: () => readSidecarHealth(options, sidecarHealthSchema),
    metrics: async () => new TextDecoder().decode(await sendBytes(options, requestOf(readSidecarMetrics, {}))),
  };
}
