import { beforeEach, describe, expect, it } from "vitest";
import { toIso } from "../../../shared/domain/instant.ts";
import { sourceKeys } from "../../../shared/models/modelCard.ts";
import { promotionReason } from "../../../shared/models/promotionReason.ts";
import { GATE } from "../../support/api/actors.ts";
import { mlflowCalls } from "../../support/api/mlflowCalls.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { addModel } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12);
const SERVED = "fx-usdsgd-predictor";

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
});
const { ask, post, register } = mlflowCalls(() => app);

describe("a model that /predict is served by", () => {
  beforeEach(async () => {
    for (const run_id of ["r1", "r2"]) {
      const version = await addModel(ports, { run_id, strength: 0.1 });
      await ports.tracking.setVersionTags(SERVED, version, { parity_check: "passed: equal", skill: "not shown" });
    }
    await ports.tracking.transition(SERVED, "1", "Production", 20, promotionReason("run_1"), GATE);
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
    await ports.tracking.transition(SERVED, "2", "Production", ports.clock.now(), promotionReason("run_2"), GATE);
    ports.clock.advance(10);
    expect(await move("1", "Production")).toMatchObject({ model_version: { current_stage: "Production" } });
    expect(await ports.online.readProduction(SERVED)).toMatchObject({ version: "1", run_id: "r1" });
    expect((await ports.tracking.productionAt(SERVED, ports.clock.now()))?.version).toBe("1");
    expect((await ports.tracking.version(SERVED, "2"))?.current_stage).toBe("Archived");
  });

  it("of several pairs never goes there", async () => {
    const name = "fx-pooled-predictor";
    await ports.tracking.registerVersion(name, "r3", "models/r3/artifacts/model", 10);
    const moveTo = (stage: string) => post("model-versions/transition-stage", { name, version: "1", stage });
    expect(await moveTo("Production")).toMatchObject({ status: 403, message: expect.stringContaining("one model of several pairs") });
    expect(await moveTo("Staging")).toMatchObject({ model_version: { current_stage: "Staging" } });
  });

  it("is put back by a client as by a person: loaded first, and pinned, until the alias is taken away", async () => {
    ports.clock.advance(10);
    await ports.tracking.transition(SERVED, "2", "Production", ports.clock.now(), promotionReason("run_2"), GATE);
    const { source } = (await ports.tracking.version(SERVED, "1"))!;
    const whole = (await ports.lake.get(sourceKeys(source).json))!;
    ports.lake.replace(sourceKeys(source).json, new TextEncoder().encode("{}"));
    ports.clock.advance(10);
    expect(await move("1", "Production")).toMatchObject({
      status: 400,
      error_code: "INVALID_PARAMETER_VALUE",
      message: expect.stringMatching(/is not moved: .*SHA-256 is another/),
    });
    expect((await ports.tracking.productionAt(SERVED, ports.clock.now()))?.version).toBe("2");
    expect(await ports.tracking.pinAt(SERVED, ports.clock.now())).toBeNull();
    ports.lake.replace(sourceKeys(source).json, whole);
    expect(await move("1", "Production")).toMatchObject({ status: 200 });
    expect(await ports.tracking.pinAt(SERVED, ports.clock.now())).toMatchObject({ version: "1", by: { kind: "mlflow" } });
    expect(await ask("GET", `mlflow/registered-models/alias?name=${SERVED}&alias=pinned`)).toMatchObject({
      model_version: { version: "1" },
    });
    expect(await ask("DELETE", "mlflow/registered-models/alias", { name: SERVED, alias: "pinned" })).toEqual({ status: 200 });
    expect(await ports.tracking.pinAt(SERVED, ports.clock.now())).toBeNull();
  });

  it.each([
    [SERVED, '{"versions":{"USD_SGD":"2"}}'],
    [`${SERVED}-h5`, '{"versions":{"USD_SGD":"2"},"horizon_bars":5}'],
  ])("%s says how the gate is asked for a version that it has not let in", async (name, conf) => {
    for (const run_id of ["h1", "h2"]) await ports.tracking.registerVersion(name, run_id, `models/${run_id}/artifacts/model`, 10);
    expect(await post("model-versions/transition-stage", { name, version: "2", stage: "Production" })).toMatchObject({
      status: 403,
      message: expect.stringContaining(`with conf ${conf}, which`),
    });
  });

  it("takes a client's version, which does not serve without a model that can be looked at", async () => {
    expect(await post("registered-models/create", { name: SERVED })).toMatchObject({ status: 400, error_code: "RESOURCE_ALREADY_EXISTS" });
    expect(await register(SERVED)).toMatchObject({ version: "3", current_stage: "None" });
    expect(await move("3", "Production")).toMatchObject({ status: 400, error_code: "INVALID_PARAMETER_VALUE" });
    expect(await ask("DELETE", "mlflow/model-versions/delete", { name: SERVED, version: "3" })).toEqual({ status: 200 });
    expect((await ports.tracking.versions(SERVED)).map(({ version }) => version)).toEqual(["1", "2"]);
    expect((await ports.tracking.productionAt(SERVED, ports.clock.now()))?.version).toBe("1");
  });

  it("is not renamed, deleted or judged by a client", async () => {
    await post("registered-models/create", { name: "mine" });
    const refused = [
      await post("registered-models/rename", { name: SERVED, new_name: "x" }),
      await post("registered-models/rename", { name: "mine", new_name: "fx-eurusd-predictor" }),
      await post("registered-models/create", { name: "fx-eurusd-predictor" }),
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

  it("has every change of it in its history, with who made it", async () => {
    const from = (path: string) => app.call("GET", `/api/models/${path}`);
    ports.clock.advance(10);
    await ports.tracking.transition(SERVED, "2", "Production", ports.clock.now(), promotionReason("run_2"), GATE);
    ports.clock.advance(10);
    const headers = { "user-agent": "mlflow-python-client/3.17.2", authorization: `Basic ${btoa("ann:secret")}` };
    await app.call("POST", "/api/2.0/mlflow/model-versions/transition-stage", { name: SERVED, version: "1", stage: "Production" }, headers);
    await app.call("POST", "/api/2.0/mlflow/registered-models/alias", { name: SERVED, alias: "champion", version: "1" }, headers);
    const by = { kind: "mlflow", name: "ann (mlflow-python-client/3.17.2)" };
    const { status, body } = await from(`${SERVED}/history?limit=4`);
    expect([status, body.name, body.production, body.total_entries]).toEqual([200, SERVED, "1", 7]);
    expect(body.changes).toMatchObject([
      { kind: "alias", alias: "champion", to_version: "1", by },
      { kind: "stage", to_stage: "Production", version: "1", by },
      { kind: "stage", to_stage: "Archived", version: "2", by },
      { kind: "alias", alias: "pinned", from_version: null, to_version: "1", by },
    ]);
    expect(body.aliases).toEqual([
      { alias: "champion", version: "1" },
      { alias: "pinned", version: "1" },
    ]);
    const then = await from(`${SERVED}/history?at=${toIso(NOW + 10)}`);
    expect(then.body).toMatchObject({ at: toIso(NOW + 10), recorded_until: null, production: "2", aliases: [], total_entries: 3 });
    expect((await from("USD_SGD_direction_h1/history")).body).toMatchObject({ name: SERVED, production: "1" });
    expect(await from("nothing/history")).toMatchObject({ status: 404, body: { code: "unknown_model" } });
    expect(await from(`${SERVED}/history?at=yesterday`)).toMatchObject({ status: 422, body: { field: "at" } });
  });
});
