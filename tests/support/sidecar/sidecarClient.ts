import { setTimeout as sleep } from "node:timers/promises";
import {
  type TrainingJob,
  type TrainingResult,
  type TrainingSpec,
  trainingJobSchema,
  trainingResultSchema,
} from "../../../shared/contracts/training.ts";
import type { DatasetFixture } from "../models/trainingFixture.ts";
import { WAIT_LIMIT_MS } from "../timeLimits.ts";

const POLL_MS = 30;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A bare client of the training API for tests: every answer as it came. */
export async function call(url: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const init: RequestInit = { method };
  if (body instanceof Uint8Array) init.body = body as Uint8Array<ArrayBuffer>;
  else if (body !== undefined) init.body = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${url}${path}`, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export async function upload(url: string, dataset: DatasetFixture): Promise<void> {
  const { status, body } = await call(url, "PUT", `/v1/datasets/${dataset.sha256}`, dataset.parquet);
  if (status !== 200) throw new Error(`upload answered ${status}: ${JSON.stringify(body)}`);
}

export async function submit(url: string, spec: TrainingSpec): Promise<TrainingJob> {
  const { status, body } = await call(url, "POST", "/v1/training/jobs", spec);
  if (status !== 202) throw new Error(`submit answered ${status}: ${JSON.stringify(body)}`);
  return trainingJobSchema.parse(body);
}

/** Polls until the job is as wanted; fails with the job when it ends in another state. */
export async function waitForJob(url: string, job_id: string, wanted: (job: TrainingJob) => boolean): Promise<TrainingJob> {
  for (let waited_ms = 0; waited_ms < WAIT_LIMIT_MS; waited_ms += POLL_MS) {
    const job = trainingJobSchema.parse((await call(url, "GET", `/v1/training/jobs/${job_id}`)).body);
    if (wanted(job)) return job;
    if (job.state !== "queued" && job.state !== "running") throw new Error(`the job ended as ${JSON.stringify(job)}`);
    await sleep(POLL_MS);
  }
  throw new Error(`job ${job_id} was not as wanted within ${WAIT_LIMIT_MS} ms`);
}

export async function trainToEnd(url: string, dataset: DatasetFixture, spec: TrainingSpec): Promise<TrainingJob> {
  await upload(url, dataset);
  const job = await submit(url, spec);
  return waitForJob(url, job.job_id, ({ state }) => state === "succeeded");
}

export async function fetchResult(url: string, job_id: string): Promise<TrainingResult> {
  return trainingResultSchema.parse((await call(url, "GET", `/v1/training/jobs/${job_id}/result`)).body);
}

export async function fetchModel(url: string, job_id: string, format: "ubj" | "json", part?: string): Promise<Uint8Array> {
  const response = await fetch(`${url}/v1/training/jobs/${job_id}/model?format=${format}${part === undefined ? "" : `&part=${part}`}`);
  if (response.status !== 200) throw new Error(`model answered ${response.status}: ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}
