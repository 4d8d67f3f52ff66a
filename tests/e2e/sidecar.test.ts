import { afterAll, afterEach, describe, expect, it } from "vitest";
import { sidecarHealthSchema } from "../../shared/contracts/training.ts";
import { makeDataset, makeSpec } from "../support/models/trainingFixture.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import { call, fetchModel, fetchResult, submit, trainToEnd, upload, waitForJob } from "../support/sidecar/sidecarClient.ts";
import {
  isRunning,
  removeTemporaryFolders,
  type SidecarOptions,
  type SidecarProcess,
  startSidecarProcess,
} from "../support/sidecar/sidecarProcess.ts";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";

const ROWS = 400;
const dataset = makeDataset({ rows: ROWS, features: 6 });
const spec = makeSpec(dataset, ROWS);
/** Runs for minutes when it is let to. */
const endless = makeSpec(dataset, ROWS, { rounds: 5_000, seeds: Array.from({ length: 50 }, (_seed, index) => index) });

const started: SidecarProcess[] = [];
async function start(options: SidecarOptions = {}): Promise<SidecarProcess> {
  const sidecar = await startSidecarProcess(options);
  started.push(sidecar);
  return sidecar;
}
afterEach(async () => {
  for (const sidecar of started.splice(0)) await sidecar.kill();
});
afterAll(removeTemporaryFolders);

const library = await hasLibrary();
const running = ({ state, progress }: { state: string; progress: { done: number } }) => state === "running" && progress.done > 0;

async function expectGone(pids: readonly number[]): Promise<void> {
  await expect.poll(() => pids.filter(isRunning), { timeout: WAIT_LIMIT_MS, interval: 20 }).toEqual([]);
}

describe.skipIf(!library)("a training job", () => {
  it("gives out-of-fold predictions, importance, parity and the model in both formats", async () => {
    const { url } = await start();
    const feature_names = spec.feature_names.slice(0, -1).reverse();
    const job = await trainToEnd(url, dataset, { ...spec, parts: [{ name: "gaps", given: { f_5: null }, feature_names }] });
    expect(job.progress).toEqual({ done: 8, total: 8 });
    const result = await fetchResult(url, job.job_id);
    expect(result.out_of_fold.rows).toEqual(Array.from({ length: 300 }, (_row, index) => 100 + index));
    expect(result.out_of_fold.predictions.map((seed) => seed.length)).toEqual([300, 300]);
    expect(result.out_of_fold.predictions[0]).not.toEqual(result.out_of_fold.predictions[1]);
    expect(result.out_of_fold.predictions.flat().every((p) => p > 0 && p < 1 && Math.fround(p) === p)).toBe(true);
    expect(result.parity.rows).toEqual(Array.from({ length: 256 }, (_row, index) => ROWS - 256 + index));
    expect(Object.keys(result.importance)).toEqual(spec.feature_names);
    expect(Object.values(result.importance).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(result.importance["f_0"]).toBeGreaterThan(0.3);
    expect(result.device).toBe("cpu");
    const model = JSON.parse(new TextDecoder().decode(await fetchModel(url, job.job_id, "json")));
    expect(model.learner.feature_names).toEqual(spec.feature_names);
    // The mean of two seeds: the trees of both.
    expect(model.learner.gradient_booster.model.trees).toHaveLength(2 * spec.rounds);
    expect(result.splits.out_of_fold.map((seed) => seed.length)).toEqual([3, 3]);
    expect(result.splits.out_of_fold.flat().every((splits) => splits > 0)).toBe(true);
    expect(result.splits.model).toBeGreaterThan(spec.rounds);
    expect((await fetchModel(url, job.job_id, "ubj")).length).toBeGreaterThan(1_000);
    const part = JSON.parse(new TextDecoder().decode(await fetchModel(url, job.job_id, "json", "gaps")));
    expect(part.learner.feature_names).toEqual(feature_names);
    expect((await fetchModel(url, job.job_id, "ubj", "gaps")).length).toBeGreaterThan(1_000);
    expect(Object.keys(result.parts!["gaps"]!.importance)).toEqual(feature_names);
    await expect(fetchModel(url, job.job_id, "json", "other")).rejects.toThrow(/404.*has no part other; it has gaps/);
  });

  it("is byte-identical for every number of processes and in every folder", async () => {
    const answers = [];
    for (const workers of ["1", "2", "9"]) {
      const { url } = await start({ env: { SIDECAR_TRAINING_WORKERS: workers } });
      const { job_id } = await trainToEnd(url, dataset, spec);
      const { seconds: _seconds, ...result } = await fetchResult(url, job_id);
      answers.push(
        JSON.stringify({
          result,
          models: [await fetchModel(url, job_id, "json"), await fetchModel(url, job_id, "ubj")].map((m) =>
            Buffer.from(m).toString("base64"),
          ),
        }),
      );
    }
    expect(answers[1] === answers[0]).toBe(true);
    expect(answers[2] === answers[0]).toBe(true);
  });

  it("is found again by its spec, and its result survives a kill -9 and a restart", async () => {
    const first = await start();
    const job = await trainToEnd(first.url, dataset, spec);
    expect(await submit(first.url, spec)).toEqual(job);
    const model = await fetchModel(first.url, job.job_id, "json");
    await first.kill();
    const second = await start({ data_dir: first.data_dir });
    expect(await submit(second.url, spec)).toEqual(job);
    expect(Buffer.from(await fetchModel(second.url, job.job_id, "json")).equals(model)).toBe(true);
  });

  it("is lost when the sidecar is killed in the middle, leaves no process, and can be submitted again", async () => {
    const first = await start({ env: { SIDECAR_TRAINING_WORKERS: "2" } });
    await upload(first.url, dataset);
    const { job_id } = await submit(first.url, endless);
    await waitForJob(first.url, job_id, running);
    const waiting = await submit(first.url, spec);
    expect(waiting.state).toBe("queued");
    const children = first.childPids();
    expect(children).toHaveLength(2);
    await first.kill();
    await expectGone(children);
    const second = await start({ data_dir: first.data_dir });
    expect((await call(second.url, "GET", `/v1/training/jobs/${job_id}`)).body).toMatchObject({
      state: "lost",
      error: { code: "job_lost" },
    });
    expect(await call(second.url, "GET", `/v1/training/jobs/${job_id}/result`)).toMatchObject({
      status: 409,
      body: { code: "job_lost" },
    });
    await waitForJob(second.url, waiting.job_id, ({ state }) => state === "succeeded");
    expect(await submit(second.url, endless)).toMatchObject({ job_id, error: null });
    await waitForJob(second.url, job_id, running);
  });

  it("is cancelled at once, with its processes, and the next job takes its place", async () => {
    const sidecar = await start({ env: { SIDECAR_TRAINING_WORKERS: "2" } });
    await upload(sidecar.url, dataset);
    const { job_id } = await submit(sidecar.url, endless);
    await waitForJob(sidecar.url, job_id, running);
    const children = sidecar.childPids();
    const next = await submit(sidecar.url, spec);
    expect((await call(sidecar.url, "GET", `/v1/training/jobs/${job_id}/result`)).body).toMatchObject({ code: "job_not_ready" });
    expect(await call(sidecar.url, "DELETE", `/v1/training/jobs/${job_id}`)).toMatchObject({ status: 200, body: { state: "cancelled" } });
    await expectGone(children);
    await waitForJob(sidecar.url, next.job_id, ({ state }) => state === "succeeded");
    expect(await call(sidecar.url, "DELETE", `/v1/training/jobs/${next.job_id}`)).toMatchObject({
      status: 200,
      body: { state: "succeeded" },
    });
    expect(await call(sidecar.url, "GET", `/v1/training/jobs/${job_id}/model`)).toMatchObject({
      status: 409,
      body: { code: "cancelled" },
    });
  });

  it("fails with the reason when one of its processes is killed, and can be submitted again", async () => {
    const sidecar = await start({ env: { SIDECAR_TRAINING_WORKERS: "2" } });
    await upload(sidecar.url, dataset);
    const { job_id } = await submit(sidecar.url, endless);
    await waitForJob(sidecar.url, job_id, running);
    const children = sidecar.childPids();
    process.kill(children[0] ?? -1, "SIGKILL");
    const failed = await waitForJob(sidecar.url, job_id, ({ state }) => state === "failed");
    expect(failed.error).toMatchObject({ code: "training_failed", message: expect.stringContaining("signal SIGKILL") });
    await expectGone(children);
    await submit(sidecar.url, endless);
    await waitForJob(sidecar.url, job_id, running);
  });

  it("leaves /health and the API responsive, and a full queue says when to come back", async () => {
    const { url } = await start({ env: { SIDECAR_QUEUE_LIMIT: "1", SIDECAR_TRAINING_WORKERS: "1" } });
    await upload(url, dataset);
    const { job_id } = await submit(url, endless);
    await waitForJob(url, job_id, running);
    await submit(url, { ...endless, rounds: 4_999 });
    const refused = await call(url, "POST", "/v1/training/jobs", { ...endless, rounds: 4_998 });
    expect(refused).toMatchObject({ status: 429, body: { code: "queue_full" } });
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    const health = sidecarHealthSchema.parse((await call(url, "GET", "/health")).body);
    expect(health).toMatchObject({ status: "ok", training: { available: true, running: 1, queued: 1 } });
  });

  it.for([
    ["SIGTERM", (sidecar: SidecarProcess) => sidecar.stop()],
    ["the end of its parent", (sidecar: SidecarProcess) => sidecar.disconnect()],
  ] as const)("ends with its processes on %s", async ([, end]) => {
    const sidecar = await start();
    await upload(sidecar.url, dataset);
    const { job_id } = await submit(sidecar.url, endless);
    await waitForJob(sidecar.url, job_id, running);
    const children = sidecar.childPids();
    expect(children.length).toBeGreaterThan(0);
    expect(await end(sidecar)).toBe(0);
    await expectGone(children);
  });
});
