import { beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12);

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
});

const ask = async (method: "GET" | "POST", path: string, body?: unknown, headers?: Record<string, string>) => {
  const sent = method === "GET" ? undefined : (body ?? {});
  const { status, body: answer } = await app.call(method, path.startsWith("/") ? path : `/api/2.0/mlflow/${path}`, sent, headers);
  return { status, ...answer };
};
const post = (path: string, body?: unknown) => ask("POST", path, body);
const get = (path: string) => ask("GET", path);
const makeRun = async (experiment_id = "0") =>
  (await post("runs/create", { experiment_id, start_time: 5, tags: [] })).run.info.run_id as string;

describe("experiments", () => {
  it("are made, found, renamed, tagged, deleted and restored", async () => {
    expect(await get("experiments/get-by-name?experiment_name=a")).toMatchObject({ status: 404, error_code: "RESOURCE_DOES_NOT_EXIST" });
    const { experiment_id } = await post("experiments/create", { name: "a", tags: [{ key: "k", value: "v" }] });
    expect(await get(`experiments/get?experiment_id=${experiment_id}`)).toMatchObject({
      experiment: {
        name: "a",
        artifact_location: `mlflow-artifacts:/${experiment_id}`,
        tags: [{ key: "k", value: "v" }],
        creation_time: NOW,
      },
    });
    expect(await post("experiments/create", { name: "a" })).toMatchObject({ status: 400, error_code: "RESOURCE_ALREADY_EXISTS" });
    expect(await post("experiments/update", { experiment_id, new_name: "b" })).toEqual({ status: 200 });
    expect(await post("experiments/set-experiment-tag", { experiment_id, key: "x", value: "y" })).toEqual({ status: 200 });
    expect(await post("experiments/delete-experiment-tag", { experiment_id, key: "k" })).toEqual({ status: 200 });
    const run_id = await makeRun(experiment_id);
    expect(await post("experiments/delete", { experiment_id })).toEqual({ status: 200 });
    expect(await post("experiments/delete", { experiment_id })).toMatchObject({ status: 404 });
    expect(await get(`runs/get?run_id=${run_id}`)).toMatchObject({ run: { info: { lifecycle_stage: "deleted" } } });
    expect(await post("runs/create", { experiment_id })).toMatchObject({ status: 400, error_code: "INVALID_PARAMETER_VALUE" });
    expect((await post("experiments/search", { view_type: "DELETED_ONLY" })).experiments).toMatchObject([{ name: "b" }]);
    expect(await post("experiments/restore", { experiment_id })).toEqual({ status: 200 });
    expect((await get("experiments/search?order_by=name+DESC&order_by=creation_time&max_results=1")).experiments).toMatchObject([
      { name: "b", tags: [{ key: "x", value: "y" }] },
    ]);
  });

  it("have a token only when there are more", async () => {
    for (const name of ["a", "b", "c"]) await post("experiments/create", { name });
    const first = await post("experiments/search", { max_results: "2", order_by: ["name"], filter: "name != 'Default'" });
    const last = await post("experiments/search", {
      max_results: 2,
      order_by: ["name"],
      filter: "name != 'Default'",
      page_token: first.next_page_token,
    });
    expect([first, last].map(({ experiments }) => experiments.map(({ name }: { name: string }) => name))).toEqual([["a", "b"], ["c"]]);
    expect(last).not.toHaveProperty("next_page_token");
  });
});

describe("a run", () => {
  it("logs what a client logs, and is given back whole", async () => {
    const run_id = await makeRun();
    const call = async (path: string, body: object) => expect(await post(path, { run_id, ...body }), path).toEqual({ status: 200 });
    await call("runs/log-metric", { key: "auc", value: 0.5, timestamp: "1", step: "2" });
    await call("runs/log-metric", { key: "bad", value: "NaN", timestamp: 1 });
    await call("runs/log-metric", { key: "large", value: "Infinity", timestamp: 1, model_id: null });
    await call("runs/log-parameter", { key: "eta", value: "0.1" });
    await call("runs/set-tag", { key: "t", value: "1" });
    await call("runs/log-batch", { metrics: [{ key: "loss", value: 1, timestamp: 1 }], params: [{ key: "p", value: "" }], tags: [] });
    const dataset = { name: "d", digest: "1", source_type: "local", source: "{}" };
    await call("runs/log-inputs", { datasets: [{ tags: [{ key: "mlflow.data.context", value: "train" }], dataset }] });
    await call("runs/outputs", { models: [{ model_id: "m-1", step: 0 }] });
    await call("runs/log-model", { model_json: '{"run_id": "x"}' });
    await call("runs/delete-tag", { key: "t" });
    expect(await post("runs/update", { run_id, status: "FINISHED", end_time: 9 })).toMatchObject({
      run_info: { status: "FINISHED", end_time: 9 },
    });
    const { run } = await get(`runs/get?run_uuid=${run_id}`);
    expect(run).toMatchObject({
      info: {
        run_id,
        run_uuid: run_id,
        artifact_uri: `mlflow-artifacts:/0/${run_id}/artifacts`,
        run_name: expect.stringMatching(/^\w+-\w+-\d+$/),
      },
      data: {
        metrics: [{ key: "auc", value: 0.5, step: 2 }, { value: "NaN" }, { key: "large", value: Number.MAX_VALUE }, { key: "loss" }],
        params: [
          { key: "eta", value: "0.1" },
          { key: "p", value: "" },
        ],
        tags: [{ key: "mlflow.log-model.history" }, { key: "mlflow.runName" }],
      },
      inputs: { dataset_inputs: [{ tags: [{ value: "train" }], dataset }] },
      outputs: { model_outputs: [{ model_id: "m-1", step: 0 }] },
    });
    expect((await get(`metrics/get-history?run_id=${run_id}&metric_key=auc`)).metrics).toEqual([
      { key: "auc", value: 0.5, timestamp: 1, step: 2 },
    ]);
    expect((await get(`metrics/get-history-bulk-interval?run_ids=${run_id}&run_ids=x&metric_key=auc`)).metrics).toMatchObject([{ run_id }]);
    expect((await post("experiments/search-datasets", { experiment_ids: ["0"] })).dataset_summaries).toMatchObject([{ context: "train" }]);
    expect((await post("runs/search", { experiment_ids: ["0"], filter: "metrics.auc < 1" })).runs).toEqual([run]);
  });

  it.each<[string, object, number, string]>([
    ["runs/create", { experiment_id: "77" }, 404, "RESOURCE_DOES_NOT_EXIST"],
    ["runs/create", { experiment_id: "x" }, 400, "INVALID_PARAMETER_VALUE"],
    ["runs/create", { run_name: "a", tags: [{ key: "mlflow.runName", value: "b" }] }, 400, "INVALID_PARAMETER_VALUE"],
    ["runs/log-metric", { run_id: "abc", key: "m", value: 1, timestamp: 1 }, 404, "RESOURCE_DOES_NOT_EXIST"],
    ["runs/log-metric", { run_id: "RUN", value: 1, timestamp: 1 }, 400, "INVALID_PARAMETER_VALUE"],
    ["runs/log-metric", { run_id: "RUN", key: "m", value: "x", timestamp: 1 }, 400, "INVALID_PARAMETER_VALUE"],
    ["runs/log-metric", { run_id: "RUN", key: "m", value: 1, timestamp: -1 }, 400, "INVALID_PARAMETER_VALUE"],
    ["runs/log-metric", { run_id: "RUN", key: "../m", value: 1, timestamp: 1 }, 400, "INVALID_PARAMETER_VALUE"],
    ["runs/log-metric", { key: "m", value: 1, timestamp: 1 }, 400, "INVALID_PARAMETER_VALUE"],
    [
      "runs/log-batch",
      {
        run_id: "RUN",
        params: [
          { key: "a", value: "1" },
          { key: "a", value: "2" },
        ],
      },
      400,
      "INVALID_PARAMETER_VALUE",
    ],
    [
      "runs/log-batch",
      { run_id: "RUN", tags: Array.from({ length: 101 }, (_, i) => ({ key: `t${i}`, value: "" })) },
      400,
      "INVALID_PARAMETER_VALUE",
    ],
    ["runs/log-batch", { run_id: "RUN", tags: [{ key: "t", value: "x".repeat(1_000_000) }] }, 400, "INVALID_PARAMETER_VALUE"],
    ["runs/log-model", { run_id: "RUN", model_json: "{" }, 400, "BAD_REQUEST"],
    ["runs/delete-tag", { run_id: "RUN", key: "none" }, 404, "RESOURCE_DOES_NOT_EXIST"],
    ["runs/search", { experiment_ids: ["0"], filter: "metrics.a > 1 OR metrics.b > 1" }, 400, "INVALID_PARAMETER_VALUE"],
    ["runs/search", { experiment_ids: ["0"], max_results: 0 }, 400, "INVALID_PARAMETER_VALUE"],
    ["runs/search", { experiment_ids: ["0"], page_token: "x" }, 400, "INVALID_PARAMETER_VALUE"],
    ["experiments/create", { name: "" }, 400, "INVALID_PARAMETER_VALUE"],
    ["experiments/create", { name: "a", artifact_location: "/etc" }, 400, "INVALID_PARAMETER_VALUE"],
    ["traces", {}, 404, "ENDPOINT_NOT_FOUND"],
    ["/api/3.0/mlflow/traces", {}, 404, "ENDPOINT_NOT_FOUND"],
    ["/mlflow/nothing", {}, 404, "ENDPOINT_NOT_FOUND"],
  ])("%s of %j is %i %s", async (path, body, status, error_code) => {
    const run_id = await makeRun();
    const sent = "run_id" in body && body.run_id === "RUN" ? { ...body, run_id } : body;
    expect(await post(path, sent)).toMatchObject({ status, error_code, message: expect.any(String) });
  });
});

it("is answered under MLflow's other addresses as well", async () => {
  for (const base of ["/ajax-api/2.0/mlflow", "/mlflow/api/2.0/mlflow", "/mlflow/ajax-api/2.0/mlflow"])
    expect(await get(`${base}/experiments/get?experiment_id=0`), base).toMatchObject({ status: 200, experiment: { name: "Default" } });
  expect((await app.call("GET", "/mlflow/health")).body).toBe("OK");
  expect((await app.call("GET", "/mlflow/version")).body).toBe("3.17.2");
});

describe("what training recorded", () => {
  const run_id = "a".repeat(32);
  beforeEach(() =>
    ports.tracking.logRun({
      run_id,
      experiment: "fx-prediction-usdsgd",
      run_name: "n",
      status: "FINISHED",
      start_time: 3,
      end_time: 4,
      artifact_uri: `models/${run_id}/artifacts`,
      params: {},
      metrics: [{ key: "auc", value: 0.51, timestamp: 3, step: 0 }],
      tags: { instrument: "USD_SGD" },
    }),
  );

  it("is there to read", async () => {
    const { experiment } = await get("experiments/get-by-name?experiment_name=fx-prediction-usdsgd");
    const { runs } = await post("runs/search", { experiment_ids: [experiment.experiment_id], filter: "tags.instrument = 'USD_SGD'" });
    expect(runs).toMatchObject([
      { info: { artifact_uri: `mlflow-artifacts:/models/${run_id}/artifacts` }, data: { metrics: [{ value: 0.51 }] } },
    ]);
  });

  it("is not for a client to change, but for tags of its own", async () => {
    const { experiment } = await get("experiments/get-by-name?experiment_name=fx-prediction-usdsgd");
    const refused: [string, object][] = [
      ["runs/log-metric", { key: "auc", value: 0.9, timestamp: 9 }],
      ["runs/log-parameter", { key: "x", value: "y" }],
      ["runs/log-batch", { metrics: [] }],
      ["runs/set-tag", { key: "instrument", value: "EUR_USD" }],
      ["runs/delete-tag", { key: "instrument" }],
      ["runs/update", { status: "FAILED" }],
      ["runs/delete", {}],
      ["experiments/delete", { experiment_id: experiment.experiment_id }],
      ["experiments/update", { experiment_id: experiment.experiment_id, new_name: "mine" }],
    ];
    for (const [path, body] of refused)
      expect(await post(path, { run_id, ...body }), path).toMatchObject({ status: 403, error_code: "PERMISSION_DENIED" });
    expect(await post("runs/set-tag", { run_id, key: "mlflow.note.content", value: "looks fine" })).toEqual({ status: 200 });
    expect(await post("runs/set-tag", { run_id, key: "reviewed", value: "yes" })).toEqual({ status: 200 });
  });
});

it("with a token, its clients send it as bearer or as password", async () => {
  app = createTestApp(ports, { admin_token: "secret" });
  const path = "/api/2.0/mlflow/experiments/get?experiment_id=0";
  const sent = (authorization: string) => ask("GET", path, undefined, { authorization });
  expect(await sent("Bearer secret")).toMatchObject({ status: 200 });
  expect(await sent(`Basic ${btoa("anyone:secret")}`)).toMatchObject({ status: 200 });
  expect(await sent(`Basic ${btoa("secret:wrong")}`)).toMatchObject({ status: 401, error_code: "UNAUTHENTICATED" });
  expect(await get(path)).toMatchObject({ status: 401, error_code: "UNAUTHENTICATED" });
});
