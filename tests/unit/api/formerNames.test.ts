import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { mlflowCalls } from "../../support/api/mlflowCalls.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { openOldStore } from "../../support/databases/oldStore.ts";
import { addModel } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const [NEW, OLD] = ["fx-usdsgd-predictor", "USD_SGD_direction_h1"];
const NOW = Date.UTC(2025, 5, 25, 12);

/** What a store of before the present names holds: a model of two versions with all that has its name in it, and runs of two pairs. */
const ROWS = `
  INSERT INTO registered_models (name, creation_timestamp, last_updated_timestamp, description) VALUES ('${OLD}', 10, 20, 'd'), ('mine', 1, 1, '');
  INSERT INTO registered_models (name, creation_timestamp, last_updated_timestamp) VALUES ('${NEW}', 1, 1);
  INSERT INTO model_versions (name, version, run_id, source, current_stage, creation_timestamp, last_updated_timestamp, recorded_at)
    VALUES ('${OLD}', 1, 'r1', 'models/r1/artifacts/model', 'Archived', 10, 20, 11),
      ('${OLD}', 2, 'r2', 'models/r2/artifacts/model', 'Production', 20, 20, 21),
      ('${NEW}', 1, 'c1', 's3://b/m', 'Production', 1, 1, 1), ('mine', 1, 'c1', 's3://b/n', 'None', 1, 1, 1);
  INSERT INTO model_version_tags VALUES ('${OLD}', 2, 'skill', 'not shown'), ('${NEW}', 1, 'of', 'a client');
  INSERT INTO registered_model_tags VALUES ('${OLD}', 'team', 'fx');
  INSERT INTO registered_model_aliases VALUES ('${OLD}', 'champion', 2), ('${NEW}', 'mine', 1);
  INSERT INTO model_alias_changes (name, alias, to_version, changed_at) VALUES ('${OLD}', 'champion', 2, 22);
  INSERT INTO model_transitions (name, version, from_stage, to_stage, effective_at, recorded_at, reason)
    VALUES ('${OLD}', 1, 'None', 'Production', 10, 11, 'passed its checks in a'), ('${OLD}', 1, 'Production', 'Archived', 20, 21, 'b'),
      ('${OLD}', 2, 'None', 'Production', 20, 21, 'passed its checks in c'), ('${NEW}', 1, 'None', 'Production', 1, 1, 'moved by an MLflow client');
  INSERT INTO logged_models (model_id, experiment_id, name, artifact_location, creation_timestamp_ms, last_updated_timestamp_ms, status,
    model_type, source_run_id) VALUES ('m-1', 7, 'm', 'mlflow-artifacts:/7/models/m-1/artifacts', 1, 1, 'READY', '', 'c1');
  INSERT INTO logged_model_tags VALUES ('m-1', 'mlflow.modelVersions', '[{"name":"${OLD}","version":3},{"name":"mine","version":1}]'),
    ('m-2', 'mlflow.modelVersions', 'not a list of ${OLD}"'), ('m-3', 'mlflow.modelVersions', '["${OLD}"]');
  INSERT INTO experiments (experiment_id, name, artifact_location, creation_time, last_update_time)
    VALUES (7, 'direction_h1', 'mlflow-artifacts:/7', 1, 1), (8, 'fx-prediction-eurusd', 'mlflow-artifacts:/8', 1, 1);
  UPDATE experiments SET lifecycle_stage = 'deleted' WHERE experiment_id = 8;
  INSERT INTO runs (run_id, experiment_id, run_name, status, start_time, end_time, artifact_uri)
    VALUES ('r1', 7, 'n1', 'FINISHED', 10, 10, 'models/r1/artifacts'), ('r2', 7, 'n2', 'FINISHED', 20, 20, 'models/r2/artifacts'),
      ('r3', 7, 'n3', 'FINISHED', 20, 20, 'models/r3/artifacts');
  INSERT INTO run_tags VALUES ('r1', 'instrument', 'USD_SGD'), ('r2', 'instrument', 'USD_SGD'), ('r3', 'instrument', 'EUR_USD');
  INSERT INTO predictions VALUES ('p', 'USD_SGD', '${OLD}', '2', 1000, 2000, 0.5, 1100, NULL, x'');
  INSERT INTO monitor_readings ("check", subject, metric, measured_at, status, details) VALUES ('freshness', '${OLD}', 'model_age_d', 5, 'breach', '{}');
  INSERT INTO alerts (fingerprint, "check", subject, metric, severity, state, summary, starts_at, last_seen_at)
    VALUES ('freshness/${OLD}/model_age_d', 'freshness', '${OLD}', 'model_age_d', 'warning', 'firing', '${OLD} is old', 5, 5);`;

let database: Database;
let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  const store = await openOldStore("0009_mlflow_registry");
  await store.database.$client.executeMultiple(ROWS);
  await store.upgrade();
  database = store.database;
  ports = await createTestPorts({ now: NOW, database });
  app = createTestApp(ports);
});
const { ask, post, get } = mlflowCalls(() => app);
const namesIn = async (table: string, column = "name") =>
  (await database.$client.execute(`SELECT DISTINCT ${column} FROM ${table} ORDER BY 1`)).rows.map((row) => row[0]);

describe("a store from before the present names", () => {
  it("has its models under the new ones, and what a client had there beside them", async () => {
    const client = `${NEW}-of-a-client`;
    expect(await namesIn("registered_models")).toEqual([NEW, client, "mine"]);
    for (const table of ["model_transitions", "model_version_tags", "registered_model_aliases"])
      expect(await namesIn(table), table).toEqual([NEW, client]);
    expect(await namesIn("model_versions")).toEqual([NEW, client, "mine"]);
    for (const table of ["registered_model_tags", "model_alias_changes"]) expect(await namesIn(table), table).toEqual([NEW]);
    expect((await ports.tracking.productionAt(NEW, 15))?.version).toBe("1");
    expect((await ports.tracking.versions(NEW)).map(({ version, tags }) => [version, tags])).toEqual([
      ["1", {}],
      ["2", { skill: "not shown" }],
    ]);
    expect(await namesIn("logged_model_tags", "value")).toEqual([
      `["${OLD}"]`,
      `[{"name":"${NEW}","version":3},{"name":"mine","version":1}]`,
      `not a list of ${OLD}"`,
    ]);
  });

  it("has the runs of each pair in an experiment of its own, and a search in the former one finds all", async () => {
    const { experiments } = await post("experiments/search", { max_results: 100 });
    expect(experiments.map(({ name }: { name: string }) => name).sort()).toEqual([
      "Default",
      "fx-prediction-eurusd",
      "fx-prediction-usdsgd",
    ]);
    const found = async (name: string) => {
      const { experiment } = await get(`experiments/get-by-name?experiment_name=${name}`);
      const { runs } = await post("runs/search", { experiment_ids: [experiment.experiment_id] });
      return [experiment.artifact_location, (runs ?? []).map(({ info }: { info: { run_id: string } }) => info.run_id).sort()];
    };
    expect(await found("fx-prediction-usdsgd")).toEqual(["mlflow-artifacts:/9", ["r1", "r2"]]);
    expect(await found("fx-prediction-eurusd")).toEqual(["mlflow-artifacts:/8", ["r3"]]);
    expect(await found("direction_h1")).toEqual(["mlflow-artifacts:/7", ["r1", "r2", "r3"]]);
    expect(await post("experiments/delete", { experiment_id: "7" })).toMatchObject({ status: 403 });
  });

  it("lists the former experiment while a client's run is in it", async () => {
    await post("runs/create", { experiment_id: "7", run_name: "own", start_time: 5 });
    const { experiments } = await post("experiments/search", { max_results: 100 });
    expect(experiments.map(({ name }: { name: string }) => name)).toContain("direction_h1");
    expect((await post("runs/search", { experiment_ids: ["7"] })).runs).toHaveLength(4);
  });

  it("goes on with the readings, the alerts and the answers that have the former name", async () => {
    expect((await ports.monitor.history({ since: 0, limit: 9, subject: OLD })).map(({ subject }) => subject)).toEqual([NEW]);
    expect(await ports.monitor.firing()).toMatchObject([{ subject: NEW, summary: `${NEW} is old` }]);
    expect(await namesIn("alerts", "fingerprint")).toEqual([`freshness/${NEW}/model_age_d`]);
    const bars = [{ event_time: 1_000, decided_at: 9_000 }];
    await ports.database.$client.execute("UPDATE predictions SET source = 'pipeline'");
    expect(await ports.monitor.firstAnswers("USD_SGD", NEW, bars as never)).toMatchObject([{ model_version: "2" }]);
  });
});

describe("a former name", () => {
  it("is taken by MLflow's routes, which answer with the present one", async () => {
    const version = { name: NEW, version: "2" };
    expect((await get(`registered-models/get?name=${OLD}`)).registered_model).toMatchObject({ name: NEW, description: "d" });
    expect((await post("registered-models/get-latest-versions", { name: OLD, stages: ["Production"] })).model_versions).toMatchObject([
      version,
    ]);
    expect((await get(`registered-models/alias?name=${OLD}&alias=champion`)).model_version).toMatchObject(version);
    expect((await get(`model-versions/get?name=${OLD}&version=2`)).model_version).toMatchObject({ ...version, aliases: ["champion"] });
    expect((await get(`model-versions/get-download-uri?name=${OLD}&version=2`)).artifact_uri).toBe(
      "mlflow-artifacts:/models/r2/artifacts/model",
    );
    await addModel(ports, { run_id: "r1", strength: 0.1 });
    expect(await post("model-versions/transition-stage", { name: OLD, version: "1", stage: "Production" })).toMatchObject({
      model_version: { name: NEW, current_stage: "Production" },
    });
  });

  it("is taken by filters of names, and no list shows it", async () => {
    const search = async (what: string, filter: string) => {
      const found = await get(`${what}/search?filter=${encodeURIComponent(filter)}`);
      return (found.model_versions ?? found.registered_models ?? []).map(({ name }: { name: string }) => name);
    };
    expect(await search("model-versions", `name = '${OLD}'`)).toEqual([NEW, NEW]);
    expect(await search("model-versions", `name IN ('${OLD}', 'mine')`)).toHaveLength(3);
    expect(await search("registered-models", `name = '${OLD}'`)).toEqual([NEW]);
    expect(await search("registered-models", `name LIKE 'USD_SGD%'`)).toEqual([]);
    expect(await search("registered-models", "")).toEqual([NEW, `${NEW}-of-a-client`, "mine"]);
  });

  it("is written to as the present one, and is no name that a client may give", async () => {
    expect(await post("registered-models/alias", { name: OLD, alias: "prior", version: "1" })).toEqual({ status: 200 });
    expect(await post("model-versions/set-tag", { name: OLD, version: "1", key: "seen", value: "yes" })).toEqual({ status: 200 });
    expect(await post("registered-models/set-tag", { name: OLD, key: "seen", value: "yes" })).toEqual({ status: 200 });
    expect(await post("model-versions/create", { name: OLD, source: "s3://b/x", run_id: "" })).toMatchObject({
      model_version: { name: NEW, version: "3" },
    });
    expect(await ask("PATCH", "mlflow/model-versions/update", { name: OLD, version: "1", description: "first" })).toMatchObject({
      status: 200,
    });
    expect(await ask("DELETE", "mlflow/model-versions/delete-tag", { name: OLD, version: "1", key: "seen" })).toEqual({ status: 200 });
    expect(await ask("DELETE", "mlflow/registered-models/delete-tag", { name: OLD, key: "seen" })).toEqual({ status: 200 });
    expect(await ask("DELETE", "mlflow/registered-models/alias", { name: OLD, alias: "champion" })).toEqual({ status: 200 });
    expect(await ask("DELETE", "mlflow/model-versions/delete", { name: OLD, version: "3" })).toEqual({ status: 200 });
    expect((await get(`registered-models/get?name=${NEW}`)).registered_model).toMatchObject({
      tags: [{ key: "team" }],
      aliases: [{ alias: "prior", version: "1" }],
    });
    expect(await ask("DELETE", "mlflow/registered-models/delete", { name: OLD })).toMatchObject({ status: 403 });
    expect(await post("registered-models/create", { name: OLD })).toMatchObject({ status: 400, error_code: "RESOURCE_ALREADY_EXISTS" });
    expect(await post("registered-models/create", { name: "EUR_USD_direction_h1" })).toMatchObject({ status: 403 });
  });

  it("is taken by the own routes", async () => {
    const model = (await app.call("GET", `/api/models/${OLD}`)).body;
    expect([model.name, model.versions.map(({ name }: { name: string }) => name)]).toEqual([NEW, [NEW, NEW]]);
    expect((await app.call("GET", `/api/models/${OLD}/record`)).body).toMatchObject({ name: NEW, instrument: "USD_SGD" });
    expect((await app.call("GET", "/api/models")).body.models).toMatchObject([{ name: NEW, production: { name: NEW, version: "2" } }, {}]);
  });
});
