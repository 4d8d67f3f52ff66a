import { beforeEach, describe, expect, it } from "vitest";
import { promotionReason } from "../../../shared/models/promotionReason.ts";
import { createTestApp, type TestApp } from "../../support/testApp.ts";
import { createTestPorts, type TestPorts } from "../../support/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12);
const SERVED = "USD_SGD_direction_h1";

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
});

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
const ask = async (method: Method, path: string, body?: unknown) => {
  const { status, body: answer } = await app.call(method, `/api/2.0/${path}`, body);
  return typeof answer === "string" ? { status, text: answer } : { status, ...answer };
};
const post = (path: string, body: unknown = {}) => ask("POST", `mlflow/${path}`, body);
const get = (path: string) => ask("GET", `mlflow/${path}`);
const makeRun = async () =>
  (await post("runs/create", { run_name: "r", start_time: 5 })).run.info as { run_id: string; artifact_uri: string };
const register = async (name: string) => {
  const { run_id, artifact_uri } = await makeRun();
  return (await post("model-versions/create", { name, source: `${artifact_uri}/model`, run_id })).model_version;
};

describe("artifacts", () => {
  it("go in and come out of a run's folder, an empty one that does not say its length too", async () => {
    const { run_id } = await makeRun();
    const root = `mlflow-artifacts/artifacts/0/${run_id}/artifacts`;
    expect(await ask("PUT", `${root}/a.txt`, "hello")).toEqual({ status: 200 });
    expect(await ask("PUT", `${root}/sub/EUR%20USD+1h%2050%25.json`, "{}")).toEqual({ status: 200 });
    expect(await ask("PUT", `${root}/empty`, new ReadableStream({ start: (stream) => stream.close() }))).toEqual({ status: 200 });
    expect(await ask("GET", `${root}/a.txt`)).toEqual({ status: 200, text: "hello" });
    expect(await ask("GET", `${root}/sub/EUR%20USD+1h%2050%25.json`)).toEqual({ status: 200, text: "{}" });
    expect(await ask("GET", `mlflow-artifacts/artifacts?path=0/${run_id}/artifacts`)).toMatchObject({
      files: [
        { path: "a.txt", is_dir: false, file_size: 5 },
        { path: "empty", file_size: 0 },
        { path: "sub", is_dir: true },
      ],
    });
    expect(await get(`artifacts/list?run_uuid=${run_id}&path=sub`)).toMatchObject({
      root_uri: `mlflow-artifacts:/0/${run_id}/artifacts`,
      files: [{ path: "sub/EUR USD+1h 50%.json", is_dir: false, file_size: 2 }],
    });
    expect(await ask("DELETE", `${root}/sub`)).toEqual({ status: 200 });
    expect(await ask("GET", `${root}/sub/EUR%20USD+1h%2050%25.json`)).toMatchObject({ status: 404, error_code: "RESOURCE_DOES_NOT_EXIST" });
    expect(await ask("GET", "mlflow-artifacts/artifacts?path=nowhere")).toEqual({ status: 200, files: [] });
  });

  it.each([
    ["GET", "artifacts/1/..%2F..%2Fdatasets"],
    ["PUT", "artifacts/1/%2e%2e%2fx"],
    ["DELETE", "artifacts/a//b"],
    ["GET", "artifacts?path=../x"],
    ["PUT", `artifacts/${"x".repeat(1_100)}`],
    ["PUT", "artifacts/a%5Cb"],
  ] as const)("%s %s leads nowhere", async (method, path) => {
    expect(await ask(method, `mlflow-artifacts/${path}`)).toMatchObject({ status: 400, error_code: "INVALID_PARAMETER_VALUE" });
  });

  it("of the pipelines are read, and not written", async () => {
    await ports.lake.putOnce("models/r/artifacts/model/MLmodel", "flavors: {}", "text/yaml");
    expect(await ask("GET", "mlflow-artifacts/artifacts/models/r/artifacts/model/MLmodel")).toMatchObject({ text: "flavors: {}" });
    for (const method of ["PUT", "DELETE"] as const)
      expect(await ask(method, "mlflow-artifacts/artifacts/models/r/artifacts/model/MLmodel")).toMatchObject({ status: 403 });
    expect(await ask("GET", "mlflow-artifacts/artifacts/datasets/x.parquet")).toMatchObject({ status: 404 });
  });

  it("are written whole: clients go on without parts", async () => {
    const answer = await ask("POST", "mlflow-artifacts/mpu/create/1/a/b", {});
    expect(answer).toMatchObject({ status: 501, message: expect.stringMatching(/^Multipart upload is not supported for the current/) });
  });
});

describe("registered models", () => {
  const name = "mine";
  beforeEach(() => post("registered-models/create", { name, tags: [{ key: "team", value: "fx" }], description: "d" }));

  it("are made once, described, tagged, searched, renamed and deleted", async () => {
    expect(await post("registered-models/create", { name })).toMatchObject({ status: 400, error_code: "RESOURCE_ALREADY_EXISTS" });
    expect(await ask("PATCH", "mlflow/registered-models/update", { name, description: "better" })).toMatchObject({
      registered_model: { name, description: "better", tags: [{ key: "team", value: "fx" }] },
    });
    await post("registered-models/set-tag", { name, key: "k", value: "v" });
    await ask("DELETE", "mlflow/registered-models/delete-tag", { name, key: "team" });
    await register(name);
    const filter = encodeURIComponent("name LIKE 'm%' AND tags.k = 'v' AND tag.`mlflow.prompt.is_prompt` != 'true'");
    expect((await get(`registered-models/search?filter=${filter}&order_by=name+DESC`)).registered_models).toMatchObject([
      { name, tags: [{ key: "k", value: "v" }], latest_versions: [{ version: "1" }] },
    ]);
    expect(await post("registered-models/rename", { name, new_name: "yours" })).toMatchObject({ registered_model: { name: "yours" } });
    expect(await get(`registered-models/get?name=${name}`)).toMatchObject({ status: 404, error_code: "RESOURCE_DOES_NOT_EXIST" });
    expect(await get("model-versions/get?name=yours&version=1")).toMatchObject({ model_version: { version: "1" } });
    expect(await ask("DELETE", "mlflow/registered-models/delete", { name: "yours" })).toEqual({ status: 200 });
    await post("registered-models/create", { name: "yours" });
    expect(await register("yours")).toMatchObject({ version: "1", current_stage: "None" });
  });

  it("have versions, whose numbers are given once", async () => {
    expect([await register(name), await register(name)].map(({ version }) => version)).toEqual(["1", "2"]);
    expect(await ask("PATCH", "mlflow/model-versions/update", { name, version: 2, description: "x" })).toMatchObject({
      model_version: { version: "2", description: "x", status: "READY" },
    });
    await post("model-versions/set-tag", { name, version: "2", key: "a", value: "b" });
    expect((await get("model-versions/search?filter=tags.a+%3D+'b'")).model_versions).toMatchObject([{ version: "2" }]);
    expect(await ask("DELETE", "mlflow/model-versions/delete", { name, version: "2" })).toEqual({ status: 200 });
    expect(await get(`model-versions/get?name=${name}&version=2`)).toMatchObject({ status: 404 });
    expect(await register(name)).toMatchObject({ version: "3" });
    expect((await get("model-versions/search")).model_versions.map((one: { version: string }) => one.version)).toEqual(["3", "1"]);
  });

  it("move between stages as MLflow has it", async () => {
    for (let n = 0; n < 3; n++) await register(name);
    const move = async (version: string, stage: string, archive_existing_versions = false) =>
      (await post("model-versions/transition-stage", { name, version, stage, archive_existing_versions })).model_version?.current_stage;
    expect([await move("1", "production"), await move("2", "Production")]).toEqual(["Production", "Production"]);
    expect(await move("3", "Production", true)).toBe("Production");
    const { model_versions } = await get("model-versions/search?order_by=version_number");
    expect(model_versions.map((one: { current_stage: string }) => one.current_stage)).toEqual(["Archived", "Archived", "Production"]);
    expect(await post("registered-models/get-latest-versions", { name, stages: ["production"] })).toMatchObject({
      model_versions: [{ version: "3" }],
    });
    expect((await get(`registered-models/get-latest-versions?name=${name}`)).model_versions).toHaveLength(2);
    for (const [stage, archives] of [
      ["Live", false],
      ["Archived", true],
    ] as const)
      expect(
        await post("model-versions/transition-stage", { name, version: "1", stage, archive_existing_versions: archives }),
      ).toMatchObject({ status: 400 });
    expect((await ports.tracking.transitions(name)).map(({ version, from_stage, to_stage }) => [version, from_stage, to_stage])).toEqual([
      ["1", "None", "Production"],
      ["2", "None", "Production"],
      ["1", "Production", "Archived"],
      ["2", "Production", "Archived"],
      ["3", "None", "Production"],
    ]);
  });

  it("have any number of aliases, each change of which is kept", async () => {
    for (let n = 0; n < 2; n++) await register(name);
    for (const [alias, version] of [
      ["champion", "1"],
      ["shadow", "1"],
      ["champion", "2"],
      ["champion", "2"],
    ])
      expect(await post("registered-models/alias", { name, alias, version })).toEqual({ status: 200 });
    expect(await ask("DELETE", "mlflow/registered-models/alias", { name, alias: "shadow" })).toEqual({ status: 200 });
    expect(await get(`registered-models/alias?name=${name}&alias=champion`)).toMatchObject({
      model_version: { version: "2", aliases: ["champion"] },
    });
    expect(await get(`registered-models/alias?name=${name}&alias=none`)).toMatchObject({
      status: 400,
      error_code: "INVALID_PARAMETER_VALUE",
    });
    for (const alias of ["v1", "latest", "a b", ""])
      expect(await post("registered-models/alias", { name, alias, version: "1" }), alias).toMatchObject({ status: 400 });
    await ask("DELETE", "mlflow/model-versions/delete", { name, version: "2" });
    expect((await get(`registered-models/get?name=${name}`)).registered_model.aliases).toEqual([]);
    const { rows } = await ports.database.$client.execute(
      "SELECT alias, from_version, to_version FROM model_alias_changes ORDER BY sequence",
    );
    expect(rows.map((row) => [row[0], row[1], row[2]])).toEqual([
      ["champion", null, 1],
      ["shadow", null, 1],
      ["champion", 1, 2],
      ["shadow", 1, null],
      ["champion", 2, null],
    ]);
  });

  it.each([
    "/etc/passwd",
    "file:///etc",
    "model",
    "mlflow-artifacts:/0/other/artifacts/model",
    "RUN/../../x",
    "RUN/%252e%252e/x",
    "models:/mine/production",
    "runs:/",
  ])("are not made of %s", async (said) => {
    const { run_id, artifact_uri } = await makeRun();
    const source = said.replace("RUN", artifact_uri);
    expect(await post("model-versions/create", { name, source, run_id })).toMatchObject({
      status: 400,
      error_code: "INVALID_PARAMETER_VALUE",
    });
  });
});

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

describe("a model that /predict is served by", () => {
  beforeEach(async () => {
    for (const run_id of ["r1", "r2"]) {
      const registered = await ports.tracking.registerVersion(SERVED, run_id, `models/${run_id}/artifacts/model`, 10);
      await ports.tracking.setVersionTags(SERVED, registered.version, { parity_check: "passed: equal", skill: "not shown" });
    }
    await ports.tracking.transition(SERVED, "1", "Production", 20, promotionReason("run_1"));
  });
  const move = (version: string, stage: string) => post("model-versions/transition-stage", { name: SERVED, version, stage });

  it("is there to read, with the address of its files", async () => {
    expect((await post("registered-models/get-latest-versions", { name: SERVED, stages: ["Production"] })).model_versions).toMatchObject([
      {
        version: "1",
        run_id: "r1",
        source: "mlflow-artifacts:/models/r1/artifacts/model",
        tags: [{ key: "parity_check" }, { key: "skill" }],
      },
    ]);
  });

  it("goes to Production only by what its gate let through, and back to it", async () => {
    expect(await move("2", "Production")).toMatchObject({
      status: 403,
      error_code: "PERMISSION_DENIED",
      message: expect.stringContaining("model_validation"),
    });
    expect(await move("1", "Archived")).toMatchObject({ status: 403 });
    expect(await move("2", "Staging")).toMatchObject({ model_version: { current_stage: "Staging" } });
    ports.clock.advance(10);
    await ports.tracking.transition(SERVED, "2", "Production", ports.clock.now(), promotionReason("run_2"));
    ports.clock.advance(10);
    expect(await move("1", "Production")).toMatchObject({ model_version: { current_stage: "Production" } });
    expect(await ports.online.readProduction(SERVED)).toMatchObject({ version: "1", run_id: "r1" });
    expect((await ports.tracking.productionAt(SERVED, ports.clock.now()))?.version).toBe("1");
    expect((await ports.tracking.version(SERVED, "2"))?.current_stage).toBe("Archived");
  });

  it("takes a client's version, which its gate has not let through", async () => {
    expect(await post("registered-models/create", { name: SERVED })).toMatchObject({ status: 400, error_code: "RESOURCE_ALREADY_EXISTS" });
    expect(await register(SERVED)).toMatchObject({ version: "3", current_stage: "None" });
    expect(await move("3", "Production")).toMatchObject({ status: 403, error_code: "PERMISSION_DENIED" });
    expect(await ask("DELETE", "mlflow/model-versions/delete", { name: SERVED, version: "3" })).toEqual({ status: 200 });
    expect((await ports.tracking.versions(SERVED)).map(({ version }) => version)).toEqual(["1", "2"]);
    expect((await ports.tracking.productionAt(SERVED, ports.clock.now()))?.version).toBe("1");
  });

  it("is not renamed, deleted or judged by a client", async () => {
    await post("registered-models/create", { name: "mine" });
    const refused = [
      await post("registered-models/rename", { name: SERVED, new_name: "x" }),
      await post("registered-models/rename", { name: "mine", new_name: "EUR_USD_direction_h1" }),
      await post("registered-models/create", { name: "EUR_USD_direction_h1" }),
      await ask("DELETE", "mlflow/registered-models/delete", { name: SERVED }),
      await ask("DELETE", "mlflow/model-versions/delete", { name: SERVED, version: "2" }),
      await post("model-versions/set-tag", { name: SERVED, version: "2", key: "skill", value: "shown" }),
      await post("model-versions/set-tag", { name: SERVED, version: "2", key: "parity_check", value: "fine" }),
      await post("model-versions/set-tag", { name: SERVED, version: "2", key: "leak_check", value: "passed: none" }),
      await ask("DELETE", "mlflow/model-versions/delete-tag", { name: SERVED, version: "2", key: "parity_check" }),
    ];
    expect(refused.map(({ status, error_code }) => [status, error_code])).toEqual(refused.map(() => [403, "PERMISSION_DENIED"]));
    expect(await post("model-versions/set-tag", { name: SERVED, version: "2", key: "reviewed", value: "by ann" })).toEqual({ status: 200 });
    expect(await post("registered-models/alias", { name: SERVED, alias: "champion", version: "1" })).toEqual({ status: 200 });
  });
});
