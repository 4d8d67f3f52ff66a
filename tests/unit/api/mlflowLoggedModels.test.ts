import { beforeEach, describe, expect, it } from "vitest";
import { mlflowCalls } from "../../support/api/mlflowCalls.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12);

let app: TestApp;
beforeEach(async () => {
  app = createTestApp(await createTestPorts({ now: NOW }));
});
const { ask, post, get, makeRun } = mlflowCalls(() => app);

describe("logged models", () => {
  it("are made, finished, measured, searched, registered and deleted", async () => {
    const { run_id } = await makeRun();
    const sent = {
      experiment_id: "0",
      name: "net",
      source_run_id: run_id,
      params: [{ key: "p", value: "1" }],
      tags: [{ key: "a", value: "b" }],
    };
    const { model } = await post("logged-models", sent);
    const { model_id, artifact_uri, status } = model.info;
    expect([status, artifact_uri]).toEqual(["LOGGED_MODEL_PENDING", `mlflow-artifacts:/0/models/${model_id}/artifacts`]);
    expect(await ask("PATCH", `mlflow/logged-models/${model_id}`, { status: "LOGGED_MODEL_READY" })).toMatchObject({
      model: { info: { status: "LOGGED_MODEL_READY" } },
    });
    await post("runs/log-metric", {
      run_id,
      key: "auc",
      value: 0.7,
      timestamp: 3,
      step: 1,
      model_id,
      dataset_name: "d",
      dataset_digest: "1",
    });
    await post("runs/log-batch", { run_id, metrics: [{ key: "auc", value: 0.7, timestamp: 3, step: 1, model_id, dataset_name: "d" }] });
    await ask("PATCH", `mlflow/logged-models/${model_id}/tags`, { tags: [{ key: "c", value: "d" }] });
    expect(await ask("DELETE", `mlflow/logged-models/${model_id}/tags/a`)).toEqual({ status: 200 });
    expect(await post(`logged-models/${model_id}/params`, { params: [{ key: "q", value: "2" }] })).toEqual({ status: 200 });
    const search = async (body: object) => (await post("logged-models/search", { experiment_ids: ["0"], ...body })).models ?? [];
    for (const filter of [
      "name = 'net'",
      "metrics.auc > 0.5",
      "params.q = '2'",
      `attributes.model_id IN ('${model_id}')`,
      "status = 'READY'",
    ])
      expect(await search({ filter }), filter).toMatchObject([
        { info: { model_id, tags: [{ key: "c" }] }, data: { metrics: [{ value: 0.7, run_id }] } },
      ]);
    expect(await search({ datasets: [{ dataset_name: "d" }], order_by: [{ field_name: "metrics.auc", ascending: false }] })).toHaveLength(
      1,
    );
    expect(await search({ datasets: [{ dataset_name: "it's other" }] })).toEqual([]);
    expect(await post("logged-models/search", { experiment_ids: ["0"], filter: "nothing = 'x'" })).toMatchObject({ status: 400 });
    await post("registered-models/create", { name: "mine" });
    const made = await post("model-versions/create", { name: "mine", source: `models:/${model_id}`, model_id });
    expect(made).toMatchObject({ model_version: { run_id, model_id, source: `models:/${model_id}` } });
    expect(await get("model-versions/get-download-uri?name=mine&version=1")).toEqual({ status: 200, artifact_uri });
    const { info } = (await get(`logged-models/${model_id}`)).model;
    expect(info.tags).toContainEqual({ key: "mlflow.modelVersions", value: '[{"name":"mine","version":1}]' });
    expect(await get(`logged-models/${model_id}/artifacts/directories`)).toMatchObject({ root_uri: artifact_uri, files: [] });
    expect(await ask("DELETE", `mlflow/logged-models/${model_id}`)).toEqual({ status: 200 });
    expect(await get(`logged-models/${model_id}`)).toMatchObject({ status: 404, error_code: "RESOURCE_DOES_NOT_EXIST" });
    expect(await search({})).toEqual([]);
  });
});
