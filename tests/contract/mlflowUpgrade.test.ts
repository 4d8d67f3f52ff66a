import { expect, it } from "vitest";
import { createMlflowStores } from "../../functions/adapters/libsql/tracking/mlflowStores.ts";
import { openOldStore } from "../support/databases/oldStore.ts";

it("a store of before MLflow's API has its runs in it, each with its latest metrics", async () => {
  const { database, upgrade } = await openOldStore("0007_row_versions");
  const { $client } = database;
  await $client.execute(
    "INSERT INTO experiments (name, artifact_location, creation_time, last_update_time) VALUES ('direction_h1', 'mlflow-artifacts:/1', 5, 5)",
  );
  await $client.execute(
    "INSERT INTO runs (run_id, experiment_id, run_name, status, start_time, end_time, artifact_uri) VALUES ('r', 1, 'n', 'FINISHED', 5, 6, 'models/r/artifacts')",
  );
  const points = "('r', 'm', 1, 9, 0.5), ('r', 'm', 2, 1, 0.25), ('r', 'm', 2, 1, 'NaN')";
  await expect($client.execute(`INSERT INTO run_metrics (run_id, key, step, timestamp, value) VALUES ${points}`)).rejects.toThrow(/UNIQUE/);
  await $client.execute(
    "INSERT INTO run_metrics (run_id, key, step, timestamp, value) VALUES ('r', 'm', 1, 9, 0.5), ('r', 'm', 2, 1, 0.25), ('r', 'x', 0, 1, 'NaN')",
  );
  await upgrade();
  const { experiments, runs } = createMlflowStores(database);
  expect(await experiments.get("0")).toMatchObject({ name: "Default", lifecycle_stage: "active" });
  expect(await experiments.get("1")).toMatchObject({ name: "direction_h1" });
  expect(await runs.get("r")).toMatchObject({
    info: { status: "FINISHED", user_id: "", lifecycle_stage: "active" },
    metrics: [
      { key: "m", value: 0.25, timestamp: 1, step: 2 },
      { key: "x", value: Number.NaN },
    ],
  });
});
