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
