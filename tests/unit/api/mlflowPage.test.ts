import { beforeEach, describe, expect, it } from "vitest";
import { mlflowCalls } from "../../support/api/mlflowCalls.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12);

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
});
const { ask, post, get, makeRun, register } = mlflowCalls(() => app);
const graphql = (operationName: string, variables: unknown) =>
  app.call("POST", "/mlflow/graphql", { operationName, variables, query: `query ${operationName} { __typename }` });

describe("what MLflow's page asks in GraphQL", () => {
  it("is a run with all that it logged, its experiment and the versions that it became; 64-bit numbers are texts", async () => {
    const { run_id } = await makeRun();
    await post("runs/log-batch", {
      run_id,
      metrics: [
        { key: "auc", value: 0.5, timestamp: 7, step: 3 },
        { key: "broken", value: "NaN", timestamp: 7 },
        { key: "endless", value: "Infinity", timestamp: 7 },
      ],
      params: [{ key: "eta", value: "0.1" }],
    });
    await post("runs/log-inputs", {
      run_id,
      datasets: [
        {
          tags: [{ key: "mlflow.data.context", value: "training" }],
          dataset: { name: "d", digest: "1a", source_type: "local", source: "{}" },
        },
      ],
    });
    await post("registered-models/create", { name: "mine" });
    const { artifact_uri } = (await get(`runs/get?run_id=${run_id}`)).run.info;
    await post("model-versions/create", { name: "mine", source: `${artifact_uri}/model`, run_id });
    expect(await graphql("GetRun", { data: { runId: run_id } })).toMatchObject({
      status: 200,
      body: {
        errors: null,
        data: {
          mlflowGetRun: {
            apiError: null,
            run: {
              info: { runUuid: run_id, experimentId: "0", startTime: "5", endTime: null, status: "RUNNING", lifecycleStage: "active" },
              experiment: { experimentId: "0", name: "Default" },
              modelVersions: [{ name: "mine", version: "1", status: "READY" }],
              data: {
                metrics: [
                  { key: "auc", value: 0.5, step: "3", timestamp: "7" },
                  { key: "broken", value: null },
                  { key: "endless", value: Number.MAX_VALUE },
                ],
                params: [{ key: "eta", value: "0.1" }],
              },
              inputs: {
                datasetInputs: [{ dataset: { name: "d", digest: "1a", sourceType: "local" }, tags: [{ value: "training" }] }],
                modelInputs: [],
              },
              outputs: { modelOutputs: [] },
            },
          },
        },
      },
    });
  });

  it("is an experiment", async () => {
    const { experiment_id } = await post("experiments/create", { name: "e", tags: [{ key: "owner", value: "me" }] });
    const { body } = await graphql("MlflowGetExperimentQuery", { input: { experimentId: experiment_id } });
    expect(body).toMatchObject({
      errors: null,
      data: {
        mlflowGetExperiment: {
          apiError: null,
          experiment: {
            ...{ experimentId: experiment_id, name: "e", lifecycleStage: "active", creationTime: String(NOW) },
            tags: [{ key: "owner", value: "me" }],
          },
        },
      },
    });
  });

  it.each([
    ["GetRun", { data: { runId: "none" } }, { mlflowGetRun: null }, /Run with id=none not found/],
    ["GetRun", {}, { mlflowGetRun: null }, /run_id/],
    ["MlflowGetExperimentQuery", { input: { experimentId: "77" } }, { mlflowGetExperiment: null }, /No Experiment with id=77/],
    ["SomethingElse", {}, null, /'SomethingElse' is not answered here; these are: MlflowGetExperimentQuery, GetRun/],
  ])(
    "that is not there (%s %j) is told with status 200, since the page asks again after any other",
    async (name, variables, data, error) => {
      expect(await graphql(name, variables)).toMatchObject({ status: 200, body: { data, errors: [expect.stringMatching(error)] } });
    },
  );

  it("is refused where it is no JSON", async () => {
    expect(await app.call("POST", "/mlflow/graphql", "not json")).toMatchObject({ status: 400, body: { error_code: expect.any(String) } });
  });
});

describe("files as MLflow's page shows them", () => {
  it.each([
    ["plot.png", "image/png"],
    ["curve.svg", "image/svg+xml"],
    ["card.md", "text/plain"],
    ["MLmodel", "text/plain"],
    ["page.html", "text/plain"],
    ["model.ubj", "application/octet-stream"],
    ["svg", "application/octet-stream"],
  ])("%s is %s, and still one to keep", async (name, media_type) => {
    const { run_id } = await makeRun();
    await ask("PUT", `mlflow-artifacts/artifacts/0/${run_id}/artifacts/sub/${name}`, "bytes");
    const answer = await app.call("GET", `/mlflow/get-artifact?path=sub%2F${name}&run_uuid=${run_id}`);
    expect([answer.status, answer.body]).toEqual([200, "bytes"]);
    expect(answer.headers.get("content-type")).toBe(media_type);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("are those of a version and of a logged model as well", async () => {
    await post("registered-models/create", { name: "mine" });
    const { version, run_id } = await register("mine");
    await ask("PUT", `mlflow-artifacts/artifacts/0/${run_id}/artifacts/model/MLmodel`, "flavors: {}");
    const of_version = await app.call("GET", `/mlflow/model-versions/get-artifact?path=MLmodel&name=mine&version=${version}`);
    expect(of_version.body).toBe("flavors: {}");
    const { info } = (await post("logged-models", { experiment_id: "0", name: "m" })).model;
    await ask("PUT", `mlflow-artifacts/artifacts/${info.artifact_uri.replace("mlflow-artifacts:/", "")}/MLmodel`, "of the model");
    expect(await get(`logged-models/${info.model_id}/artifacts/files?artifact_file_path=MLmodel`)).toEqual({
      status: 200,
      text: "of the model",
    });
  });

  it.each(["../x", "a/../../x", "nothing.txt"])("%s leads nowhere", async (path) => {
    const { run_id } = await makeRun();
    const { status } = await app.call("GET", `/mlflow/get-artifact?path=${encodeURIComponent(path)}&run_uuid=${run_id}`);
    expect([400, 404]).toContain(status);
  });
});
