import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { createSidecarPool } from "../../functions/adapters/sidecars/sidecarPool.ts";
import { followJob, type HeldJob } from "../../functions/pipelines/training/followJob.ts";
import { submitSpec } from "../../functions/pipelines/training/submitSpec.ts";
import { parseSidecarUrls } from "../../shared/sidecars/parseSidecarUrls.ts";
import { makeDataset, makeSpec } from "../support/models/trainingFixture.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import { call, fetchModel, fetchResult, trainToEnd } from "../support/sidecar/sidecarClient.ts";
import { removeTemporaryFolders, type SidecarProcess, startSidecarProcess } from "../support/sidecar/sidecarProcess.ts";

const ROWS = 400;
const POLL_MS = 30;
const dataset = makeDataset({ rows: ROWS, features: 6 });
/** Of enough models that it is still under way when it is seen to have begun. */
const spec = makeSpec(dataset, ROWS, { rounds: 400, seeds: [1, 2, 3, 4, 5, 6] });
const library = await hasLibrary();
const started: SidecarProcess[] = [];

afterAll(async () => {
  for (const sidecar of started) await sidecar.kill();
  removeTemporaryFolders();
});

async function start(data_dir?: string): Promise<SidecarProcess> {
  const sidecar = await startSidecarProcess({ env: { SIDECAR_TRAINING_WORKERS: "1" }, ...(data_dir === undefined ? {} : { data_dir }) });
  started.push(sidecar);
  return sidecar;
}

/** The bytes that are kept of a job, wherever it was trained; how long it took is not of them. */
async function bytesOf(url: string, job_id: string): Promise<string> {
  const { seconds: _, ...result } = await fetchResult(url, job_id);
  const models = [await fetchModel(url, job_id, "ubj"), await fetchModel(url, job_id, "json")];
  return JSON.stringify([result, models.map((model) => Buffer.from(model).toString("base64"))]);
}

describe.skipIf(!library)("three sidecars", () => {
  it("finish a job whose sidecar is killed, on another one, with the bytes of one that nobody disturbed", async () => {
    const three = await Promise.all([start(), start(), start()]);
    const pool = createSidecarPool({ addresses: parseSidecarUrls(three.map(({ url }) => url).join(",")), fetch, now: Date.now });
    const processOf = (name: string | undefined) => three.find(({ url }) => new URL(url).host === name)!;
    const lines: string[] = [];
    /** As a step follows it, from what the ledger keeps. */
    const follow = async (held: HeldJob | null, try_number: number) => {
      const kept = JSON.parse(JSON.stringify(held)) as HeldJob | null;
      return followJob(pool, { try_number, log: (line) => void lines.push(line) }, kept, () => submitSpec(pool, spec, dataset.parquet));
    };

    let { job, held } = await follow(null, 1);
    const holder = processOf(held.sidecar);
    while (job.progress.done === 0) {
      await sleep(POLL_MS);
      ({ job, held } = await follow(held, 1));
    }
    expect(job.state).toBe("running");
    await holder.kill();
    await expect(follow(held, 1)).rejects.toMatchObject({ code: "sidecar_unavailable", retryable: true });

    ({ job, held } = await follow(held, 2));
    const successor = processOf(held.sidecar);
    expect(successor.pid).not.toBe(holder.pid);
    expect(lines).toHaveLength(1);
    while (job.state !== "succeeded") {
      expect(["queued", "running"]).toContain(job.state);
      await sleep(POLL_MS);
      ({ job, held } = await follow(held, 2));
    }
    expect(processOf(held.sidecar)).toBe(successor);

    const third = three.find((one) => one !== holder && one !== successor)!;
    const { job_id } = await trainToEnd(third.url, dataset, spec);
    expect(job_id).toBe(job.job_id);
    expect((await bytesOf(successor.url, job_id)) === (await bytesOf(third.url, job_id))).toBe(true);

    // Back with its folder it knows that its part was cut off, and does not go on with what another one did.
    const back = await start(holder.data_dir);
    expect((await call(back.url, "GET", `/v1/training/jobs/${job_id}`)).body).toMatchObject({ state: "lost" });
  });
});
