import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSidecarOnnx } from "../../functions/adapters/sidecarOnnx.ts";
import { askOnnx } from "../../gpu-sidecar/onnx/askOnnx.ts";
import { sha256Hex } from "../../shared/domain/hash.ts";
import { parseTreeEnsemble } from "../../shared/models/parseTreeEnsemble.ts";
import { predictRows } from "../../shared/models/treeEnsemble.ts";
import { onnxOfTrees } from "../../shared/onnx/onnxOfTrees.ts";
import { tinyModel } from "../support/models/tinyModel.ts";
import { makeDataset, makeSpec, writeParquet } from "../support/models/trainingFixture.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import { call, submit, upload, waitForJob } from "../support/sidecar/sidecarClient.ts";
import {
  removeTemporaryFolders,
  runSidecarToExit,
  type SidecarProcess,
  startSidecarProcess,
  temporaryFolder,
} from "../support/sidecar/sidecarProcess.ts";

const ROWS = 40;
const dataset = makeDataset({ rows: ROWS, features: 2 });
const spec = makeSpec(dataset, ROWS);
const library = await hasLibrary();
const JOBS = "/v1/training/jobs";

let sidecar: SidecarProcess;
beforeAll(async () => {
  sidecar = await startSidecarProcess();
  await upload(sidecar.url, dataset);
});
afterAll(async () => {
  await sidecar.kill();
  removeTemporaryFolders();
});

describe.skipIf(!library)("what a dataset shows to be wrong is refused at once", () => {
  it.for([
    [
      "folds outside",
      { folds: [{ train: { start: 0, end: 20 }, test: { start: 20, end: 41 } }] },
      422,
      "invalid_request",
      "folds[0].test.end",
    ],
    ["a missing column", { feature_names: ["f_0", "f_9"] }, 422, "schema_mismatch", `"f_9"`],
    ["a missing label", { label: "up" }, 422, "schema_mismatch", `"up"`],
    ["an unknown dataset", { dataset: "0".repeat(64) }, 409, "dataset_unknown", "PUT /v1/datasets/"],
    ["no GPU build", { device: "cuda" as const }, 503, "library_missing", "--variant cuda"],
  ] as const)("%s", async ([, changes, status, code, words]) => {
    const answer = await call(sidecar.url, "POST", JOBS, { ...spec, ...changes });
    expect(answer).toMatchObject({ status, body: { code, detail: expect.stringContaining(words) } });
  });

  it("a file that is not Parquet", async () => {
    const file = new TextEncoder().encode("PAR0 not a parquet file");
    const sha256 = sha256Hex(file);
    await call(sidecar.url, "PUT", `/v1/datasets/${sha256}`, file);
    expect(await call(sidecar.url, "POST", JOBS, { ...spec, dataset: sha256 })).toMatchObject({
      status: 422,
      body: { code: "schema_mismatch" },
    });
  });
});

describe.skipIf(!library)("what only the values show fails the job, with the row named", () => {
  const x = Array.from({ length: ROWS }, (_row, index) => index / ROWS);
  const y = x.map((_value, index) => index % 2);
  const with_ = (values: readonly (number | null)[], index: number, value: number | null) =>
    values.map((old, at) => (at === index ? value : old));
  it.for([
    ["label 2", x, with_(y, 33, 2), "schema_mismatch", `label "y", row 33: expected 0 or 1, was 2`],
    ["label missing", x, with_(y, 5, null), "schema_mismatch", `label "y", row 5: expected 0 or 1, was null`],
    ["infinite feature", with_(x, 7, Number.POSITIVE_INFINITY), y, "schema_mismatch", `column "f_0", row 7: Infinity is not finite`],
    [
      "one class in a fold",
      x,
      y.map((_value, index) => (index < 15 ? 1 : index % 2)),
      "not_enough_data",
      "folds[0].train: rows 0 to 9 hold only label 1",
    ],
  ] as const)("%s", async ([, f_0, labels, code, words]) => {
    const parquet = writeParquet([
      { name: "f_0", data: f_0 },
      { name: "y", data: labels },
    ]);
    const bad = { parquet, sha256: sha256Hex(parquet), feature_names: ["f_0"] };
    await upload(sidecar.url, bad);
    const { job_id } = await submit(sidecar.url, makeSpec(bad, ROWS));
    const job = await waitForJob(sidecar.url, job_id, ({ state }) => state === "failed");
    expect(job.error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(await call(sidecar.url, "GET", `${JOBS}/${job_id}/result`)).toMatchObject({
      status: 409,
      body: { code: "training_failed" },
    });
  });
});

describe("an ONNX file", () => {
  const names = ["f_0", "f_1"];
  const trees = parseTreeEnsemble(tinyModel(names, { feature: 1, threshold: 0, left: 0.3, right: -0.3 }));
  const peer = () => createSidecarOnnx({ base_url: sidecar.url, fetch });

  it("is asked in a process of its own, and says what the trees say; a missing value is NaN", async () => {
    const matrix = new Float32Array([0, 1, 0, -1, 0, Number.NaN]);
    const [one, other] = await Promise.all([0, 1].map(() => peer().probabilities(onnxOfTrees(trees), matrix, 2)));
    const expected = predictRows(trees, matrix);
    expect(one!.every((p, row) => Math.abs(p - expected[row]!) < 1e-7)).toBe(true);
    expect(other).toEqual(one);
    expect(new Set(one).size).toBe(2);
  });

  it("that is not answered in time is to be asked again, and what lasted is said", async () => {
    const question = { model: onnxOfTrees(trees), matrix: new Float32Array(2), width: 2, output: "probabilities" };
    await expect(askOnnx(question, 1)).rejects.toMatchObject({
      code: "sidecar_unavailable",
      retryable: true,
      message: expect.stringContaining("no answer in time"),
    });
  });

  it("that takes other rows is refused with the runtime's words", async () => {
    await expect(peer().probabilities(onnxOfTrees(trees), new Float32Array(3), 3)).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("model: onnxruntime refuses it: "),
    });
  });
});

describe("requests that are wrong in themselves", () => {
  it.for<[string, string, string, unknown, number, string]>([
    ["not JSON", "POST", JOBS, "{", 400, "bad_json"],
    ["a bad spec", "POST", JOBS, { ...spec, rounds: 0 }, 422, "invalid_request"],
    ["a body too large", "POST", JOBS, " ".repeat(1024 * 1024 + 1), 413, "body_too_large"],
    ["an unknown job", "GET", `${JOBS}/nope`, undefined, 404, "job_unknown"],
    ["the result of an unknown job", "GET", `${JOBS}/nope/result`, undefined, 404, "job_unknown"],
    ["cancelling an unknown job", "DELETE", `${JOBS}/..%2F..%2Fetc`, undefined, 404, "job_unknown"],
    ["a model format", "GET", `${JOBS}/nope/model?format=onnx`, undefined, 422, "invalid_request"],
    ["an unknown path", "GET", "/v2", undefined, 404, "not_found"],
    [
      "an ONNX file that is none",
      "POST",
      "/v1/onnx/answers",
      { model: "AAAA", rows: "AACAPw==", width: 1, output: "p" },
      422,
      "invalid_request",
    ],
    [
      "rows that are no whole ones",
      "POST",
      "/v1/onnx/answers",
      { model: "AAAA", rows: "AACAPw==", width: 2, output: "p" },
      422,
      "invalid_request",
    ],
    ["a hash that is none", "PUT", "/v1/datasets/abc", "x", 422, "invalid_request"],
    ["a body with another hash", "PUT", `/v1/datasets/${"0".repeat(64)}`, "x", 422, "invalid_request"],
  ])("%s", async ([, method, path, body, status, code]) => {
    expect(await call(sidecar.url, method, path, body)).toMatchObject({ status, body: { code } });
  });

  it("an upload with a wrong hash is not kept", async () => {
    await call(sidecar.url, "PUT", `/v1/datasets/${"1".repeat(64)}`, "x");
    const answer = await call(sidecar.url, "POST", JOBS, { ...spec, dataset: "1".repeat(64) });
    expect(answer.status).not.toBe(202);
  });
});

describe("starting", () => {
  it("lives without libxgboost, and says in /health and on submit how to get it", async () => {
    const bare = await startSidecarProcess({ env: { XGBOOST_LIB: "/nowhere/libxgboost.so" } });
    await upload(bare.url, dataset);
    const health = await call(bare.url, "GET", "/health");
    expect(health).toMatchObject({
      status: 200,
      body: { status: "degraded", training: { available: false, reason: expect.stringContaining("/nowhere/libxgboost.so") } },
    });
    const answer = await call(bare.url, "POST", JOBS, spec);
    expect(answer).toMatchObject({
      status: 503,
      body: { code: "library_missing", context: { command: "npm run fx -- setup xgboost" } },
    });
    await bare.stop();
  });

  it("asks for the token when one is set, but not for /health", async () => {
    const guarded = await startSidecarProcess({ env: { SIDECAR_TOKEN: "secret" } });
    const statusOf = async (path: string, token?: string) =>
      (await fetch(`${guarded.url}${path}`, { headers: token === undefined ? {} : { Authorization: `Bearer ${token}` } })).status;
    expect(await Promise.all([statusOf(JOBS), statusOf(JOBS, "wrong"), statusOf(JOBS, "secret"), statusOf("/health")])).toEqual([
      401, 401, 200, 200,
    ]);
    await guarded.stop();
  });

  it("on a taken port ends with a sentence that names the port", async () => {
    const port = new URL(sidecar.url).port;
    const { code, text } = await runSidecarToExit(temporaryFolder(), { SIDECAR_PORT: port });
    expect(code).toBe(1);
    expect(text.trim()).toBe(
      `gpu-sidecar: port ${port} on 127.0.0.1 is taken by another process: stop it, or set SIDECAR_PORT to a free port`,
    );
  });

  it("on a folder that another sidecar uses ends with a sentence, and touches nothing", async () => {
    const { code, text } = await runSidecarToExit(sidecar.data_dir, {});
    expect(code).toBe(1);
    expect(text.trim().split("\n")).toHaveLength(1);
    expect(text).toContain("is in use by another running sidecar");
  });

  it("on a folder that cannot be made ends with a sentence that names it", async () => {
    const file = join(temporaryFolder(), "a-file");
    writeFileSync(file, "");
    const { code, text } = await runSidecarToExit(join(file, "data"), {});
    expect(code).toBe(1);
    expect(text.trim().split("\n")).toHaveLength(1);
    expect(text).toContain(join(file, "data"));
  });

  it.skipIf(process.getuid?.() === 0)("on a folder without write permission ends with a sentence", async () => {
    const folder = join(temporaryFolder(), "read-only");
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    const { code, text } = await runSidecarToExit(folder, {});
    expect(code).toBe(1);
    expect(text).toContain("SIDECAR_DATA");
  });
});
