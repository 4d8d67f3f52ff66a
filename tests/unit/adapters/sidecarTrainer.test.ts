import { describe, expect, it } from "vitest";
import { createSidecarTrainer } from "../../../functions/adapters/sidecarTrainer.ts";
import { boosterParamsSchema, SIDECAR_PROTOCOL, type TrainingSpec } from "../../../shared/contracts/training.ts";
import type { Trainer } from "../../../shared/ports/trainer.ts";

const JOB = { job_id: "j1", state: "running", progress: { done: 1, total: 26 }, error: null, created_at: 1, updated_at: 2 };
const RESULT = {
  job_id: "j1",
  out_of_fold: { rows: [0], predictions: [[0.5]] },
  parity: { rows: [0], predictions: [0.5] },
  splits: { out_of_fold: [[3]], model: 4 },
  importance: { rsi_14: 1 },
  library_version: "3.1.0",
  device: "cpu",
  seconds: 1.5,
};
const TRAINING = { available: false, reason: "run it", library_version: null, library_path: null, cuda: false, queued: 0, running: 0 };
const SPEC: TrainingSpec = {
  dataset: "a".repeat(64),
  feature_names: ["rsi_14"],
  label: "y",
  params: boosterParamsSchema.parse({}),
  rounds: 10,
  seeds: [1],
  folds: [{ train: { start: 0, end: 5 }, test: { start: 5, end: 6 } }],
  device: "cpu",
};

function trainerOf(respond: () => Response | Promise<Response>, token: string | null = null) {
  const asked: { method: string; url: string; body: unknown; headers: Headers }[] = [];
  const trainer = createSidecarTrainer({
    base_url: "http://sidecar.test/",
    token,
    timeout_ms: 5,
    fetch: async (input, init = {}) => {
      asked.push({ method: init.method ?? "GET", url: String(input), body: init.body, headers: new Headers(init.headers) });
      const hung = new Promise<never>((_resolve, reject) => init.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
      return Promise.race([respond(), hung]);
    },
  });
  return { trainer, asked };
}

describe("sidecar trainer", () => {
  it.each<[string, (trainer: Trainer) => Promise<unknown>, unknown, string]>([
    ["submit", (trainer) => trainer.submit(SPEC), JOB, "POST http://sidecar.test/v1/training/jobs"],
    ["status", (trainer) => trainer.status("j 1"), JOB, "GET http://sidecar.test/v1/training/jobs/j%201"],
    ["cancel", (trainer) => trainer.cancel("j1"), JOB, "DELETE http://sidecar.test/v1/training/jobs/j1"],
    ["result", (trainer) => trainer.result("j1"), RESULT, "GET http://sidecar.test/v1/training/jobs/j1/result"],
    [
      "health",
      (trainer) => trainer.health(),
      { status: "degraded", protocol: SIDECAR_PROTOCOL, training: TRAINING },
      "GET http://sidecar.test/health",
    ],
  ])("%s", async (_name, call, answer, line) => {
    const { trainer, asked } = trainerOf(() => Response.json(answer));
    expect(await call(trainer)).toEqual(answer);
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([line]);
  });

  it("uploads a dataset and downloads a model as bytes, with the token", async () => {
    const bytes = Uint8Array.of(0, 255, 1);
    const { trainer, asked } = trainerOf(() => new Response(bytes), "secret");
    await trainer.putDataset("f".repeat(64), bytes);
    expect(await trainer.model("j1", "ubj")).toEqual(bytes);
    expect(await trainer.model("j1", "json", "EUR_USD")).toEqual(bytes);
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `PUT http://sidecar.test/v1/datasets/${"f".repeat(64)}`,
      "GET http://sidecar.test/v1/training/jobs/j1/model?format=ubj",
      "GET http://sidecar.test/v1/training/jobs/j1/model?format=json&part=EUR_USD",
    ]);
    expect(asked[0]?.body).toBe(bytes);
    expect(asked[0]?.headers.get("authorization")).toBe("Bearer secret");
  });

  it("has its metrics as text, as they were told", async () => {
    const { trainer, asked } = trainerOf(() => new Response("fx_sidecar_articles 2\n"), "secret");
    expect(await trainer.metrics()).toBe("fx_sidecar_articles 2\n");
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(["GET http://sidecar.test/v1/metrics"]);
  });

  it("sends the spec as JSON", async () => {
    const { trainer, asked } = trainerOf(() => Response.json(JOB, { status: 202 }));
    await trainer.submit(SPEC);
    expect(JSON.parse(String(asked[0]?.body))).toEqual(SPEC);
    expect(asked[0]?.headers.get("content-type")).toBe("application/json");
  });
});

describe("sidecar trainer: failures", () => {
  const failing =
    (code: string, status: number, headers: Record<string, string> = {}) =>
    () =>
      Response.json(
        { type: `urn:fx-medallion:problem:${code}`, title: "A kind", status, detail: "why", code, field: "x" },
        { status, headers },
      );

  it.each([
    ["dataset_unknown", 409, "dataset_unknown", false],
    ["job_unknown", 404, "job_unknown", false],
    ["invalid_request", 422, "invalid_request", false],
    ["queue_full", 429, "queue_full", true],
    ["job_not_ready", 409, "job_not_ready", true],
    ["internal", 500, "internal", true],
    ["library_missing", 503, "library_missing", false],
    ["training_failed", 409, "training_failed", false],
    ["job_lost", 500, "job_lost", false],
    ["brand_new", 418, "internal", false],
  ])("passes %s (%i) on as %s, retryable %s", async (code, status, expected, retryable) => {
    const { trainer } = trainerOf(failing(code, status));
    const caught = await trainer.status("j1").catch((error: unknown) => error);
    expect(caught).toMatchObject({ code: expected, status, retryable, details: { field: "x" } });
    expect(String(caught)).toContain("why");
  });

  it("passes Retry-After on", async () => {
    const { trainer } = trainerOf(failing("queue_full", 503, { "retry-after": "3" }));
    await expect(trainer.submit(SPEC)).rejects.toMatchObject({ retry_after_ms: 3_000 });
  });

  it.each<[string, () => Response | Promise<Response>, RegExp]>([
    [
      "nothing listens",
      () => Promise.reject(new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") })),
      /sidecar\.test\/ cannot be reached: ECONNREFUSED/,
    ],
    ["no answer comes", () => new Promise(() => {}), /no answer in 5 ms/],
    ["a proxy answers for it", () => new Response("<html>Bad gateway", { status: 502 }), /answered 502 without an error body: <html>/],
    ["the answer is not JSON", () => new Response("{"), /not of the contract/],
    ["the answer is of another shape", () => Response.json({ job_id: 1 }), /job_id/],
  ])("is sidecar_unavailable and may be retried when %s", async (_name, respond, message) => {
    const { trainer } = trainerOf(respond);
    await expect(trainer.status("j1")).rejects.toMatchObject({ code: "sidecar_unavailable", status: 503, retryable: true, message });
  });

  it.each([
    [
      "older",
      { protocol: SIDECAR_PROTOCOL - 1 },
      `speaks protocol ${SIDECAR_PROTOCOL - 1} and this Worker ${SIDECAR_PROTOCOL}: update the sidecar,`,
    ],
    ["of before it was told", {}, `speaks protocol 0 and this Worker ${SIDECAR_PROTOCOL}: update the sidecar,`],
    [
      "newer",
      { protocol: SIDECAR_PROTOCOL + 1 },
      `speaks protocol ${SIDECAR_PROTOCOL + 1} and this Worker ${SIDECAR_PROTOCOL}: update the Worker,`,
    ],
  ])("a sidecar that is %s is refused with what to do", async (_name, version, words) => {
    const { trainer } = trainerOf(() => Response.json({ status: "ok", training: TRAINING, ...version }));
    const refused = { code: "sidecar_version", status: 503, retryable: true, message: expect.stringContaining(`sidecar.test/ ${words}`) };
    await expect(trainer.health()).rejects.toMatchObject(refused);
  });

  it("does not retry a refusal that is not the sidecar's", async () => {
    const { trainer } = trainerOf(() => new Response("no", { status: 403 }));
    await expect(trainer.status("j1")).rejects.toMatchObject({ code: "internal", retryable: false });
  });
});
