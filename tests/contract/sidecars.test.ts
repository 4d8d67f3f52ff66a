import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSidecarPool, type SidecarPool } from "../../functions/adapters/sidecars/sidecarPool.ts";
import { submitSpec } from "../../functions/pipelines/training/submitSpec.ts";
import { jobIdOf } from "../../shared/contracts/trainingJobId.ts";
import { sha256Hex } from "../../shared/domain/hash.ts";
import { parseSidecarUrls } from "../../shared/sidecars/parseSidecarUrls.ts";
import { makeDataset, makeSpec } from "../support/models/trainingFixture.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import { removeTemporaryFolders, type SidecarProcess, startSidecarProcess } from "../support/sidecar/sidecarProcess.ts";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";

/** Everything that is asked of the sidecars, on the one adapter and real ones: of one and of three, with the same answers. */
const ROWS = 400;
const dataset = makeDataset({ rows: ROWS, features: 6 });
const spec = makeSpec(dataset, ROWS);
const library = await hasLibrary();
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4" fill="red"/></svg>';
const COUNTS = [1, 3] as const;
/** What each number of sidecars made of the spec. */
const trained = new Map<number, string>();

describe.each(COUNTS)("%i of them", (count) => {
  let started: SidecarProcess[] = [];
  let pool: SidecarPool;
  beforeAll(async () => {
    started = await Promise.all(
      Array.from({ length: count }, () => startSidecarProcess({ env: { SIDECAR_TOKEN: "of-all", SIDECAR_TRAINING_WORKERS: "1" } })),
    );
    pool = poolOf("of-all");
  });
  afterAll(async () => {
    for (const sidecar of started) await sidecar.kill();
    removeTemporaryFolders();
  });

  const poolOf = (token: string) =>
    createSidecarPool({ addresses: parseSidecarUrls(started.map(({ url }) => url).join(",")), token, fetch, now: Date.now });

  it("are there in their order, each under its name", () => {
    const { all, find } = pool.sidecars;
    expect(all.map(({ name }) => name)).toEqual(started.map(({ url }) => new URL(url).host));
    for (const one of all) expect(find(one.name)).toBe(one);
    expect([find("gone:1"), find(undefined)]).toEqual([null, all[0]]);
  });

  it.skipIf(!library)("take a job, which is with one of them from then on, and is done once", async () => {
    const job_id = jobIdOf(spec);
    const first = await submitSpec(pool, spec, dataset.parquet);
    expect(first.job.job_id).toBe(job_id);
    const { trainer } = pool.sidecars.find(first.sidecar)!;
    // Of an isolate that knows nothing of it.
    const again = await submitSpec(poolOf("of-all"), spec, dataset.parquet);
    expect([again.sidecar, again.job.created_at]).toEqual([first.sidecar, first.job.created_at]);
    const state = async () => (await trainer.status(job_id)).state;
    await expect.poll(state, { timeout: WAIT_LIMIT_MS, interval: 50 }).toBe("succeeded");
    expect(await submitSpec(pool, spec, dataset.parquet)).toMatchObject({ sidecar: first.sidecar, job: { state: "succeeded" } });
    const { seconds: _, ...result } = await trainer.result(job_id);
    trained.set(
      count,
      sha256Hex(JSON.stringify([result, ...[await trainer.model(job_id, "ubj"), await trainer.model(job_id, "json")].map(sha256Hex)])),
    );
    for (const other of pool.sidecars.all.filter(({ name }) => name !== first.sidecar)) {
      await expect(other.trainer.status(job_id)).rejects.toMatchObject({ code: "job_unknown" });
    }
    expect((await trainer.cancel(job_id)).state).toBe("succeeded");
  });

  it("read news with the lexicon where there is no model, and say so", async () => {
    const { results, model } = await pool.sentiment.score([{ id: "a", text: "Stocks crash", market: null }]);
    expect([results.map(({ id, engine }) => [id, engine]), model]).toEqual([[["a", "lexicon"]], null]);
    expect(await pool.sentiment.health()).toMatchObject({ engine: "lexicon", lanes: 0 });
  });

  it("paint, and refuse what is no picture for good", async () => {
    expect([...(await pool.painter.png(SVG)).subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join("")).toBe("PNG");
    await expect(pool.painter.png("no picture")).rejects.toMatchObject({ retryable: false });
  });

  it("refuse another token", async () => {
    await expect(poolOf("another").painter.png(SVG)).rejects.toMatchObject(
      count === 1
        ? { code: "forbidden" }
        : { details: { sidecars: Object.fromEntries(started.map(({ url }) => [new URL(url).host, "forbidden"])) } },
    );
  });
});

it.skipIf(!library)("one and three of them make the same bytes of a spec", () => {
  expect([...trained.keys()]).toEqual([...COUNTS]);
  expect(new Set(trained.values()).size).toBe(1);
});
