import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createModelRegistry } from "../../functions/adapters/libsql/tracking/modelRegistry.ts";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import type { Actor } from "../../shared/models/actor.ts";
import type { ModelRegistry } from "../../shared/ports/modelRegistry.ts";
import type { HistoryQuery } from "../../shared/ports/registryHistory.ts";
import type { Tracking } from "../../shared/ports/tracking.ts";
import { GATE } from "../support/api/actors.ts";
import { CONTRACT_DATABASES, type ContractDatabase } from "../support/databases/contractDatabases.ts";
import { openOldStore } from "../support/databases/oldStore.ts";

const MODEL = "fx-usdsgd-predictor";
const ANN: Actor = { kind: "person", name: "ann@desk" };
const CLIENT: Actor = { kind: "mlflow", name: "mlflow-python-client/3.17.2" };

describe.each(CONTRACT_DATABASES)("the history of a model, in %s", (_name, open) => {
  let opened: ContractDatabase;
  let tracking: Tracking;
  let registry: ModelRegistry;
  let now = 0;
  const history = (query: Partial<HistoryQuery> = {}, name = MODEL) =>
    tracking.history(name, { at: 1_000_000, recorded_until: null, one_a_stage: true, limit: 100, offset: 0, ...query });

  beforeAll(async () => {
    opened = await open();
    tracking = createTracking(opened.database, { now: () => now });
    registry = createModelRegistry(opened.database);
    for (const run_id of ["a", "b"]) await tracking.registerVersion(MODEL, run_id, `models/${run_id}/artifacts/model`, 1);
    now = 1_000;
    await tracking.transition(MODEL, "1", "Production", 900, "passed its checks in r", GATE);
    await registry.setAlias(MODEL, "champion", "1", 1_100, CLIENT);
    await registry.setAlias(MODEL, "champion", "1", 1_150, CLIENT);
    now = 2_000;
    await tracking.transition(MODEL, "2", "Production", 2_000, "cheaper", ANN);
    await registry.setAlias(MODEL, "champion", "2", 2_100, CLIENT);
    await registry.setAlias(MODEL, "champion", null, 2_200, CLIENT);
  });
  afterAll(() => opened.stop());

  it("says who, when by both times, why, and from what to what, the latest first", async () => {
    const { changes, total_entries } = await history();
    expect(total_entries).toBe(6);
    expect(changes).toEqual([
      {
        kind: "alias",
        alias: "champion",
        from_version: "2",
        to_version: null,
        effective_at: 2_200,
        recorded_at: 2_200,
        reason: "taken away",
        by: CLIENT,
      },
      {
        kind: "alias",
        alias: "champion",
        from_version: "1",
        to_version: "2",
        effective_at: 2_100,
        recorded_at: 2_100,
        reason: "set",
        by: CLIENT,
      },
      {
        kind: "stage",
        version: "2",
        from_stage: "None",
        to_stage: "Production",
        effective_at: 2_000,
        recorded_at: 2_000,
        reason: "cheaper",
        by: ANN,
      },
      {
        ...{ kind: "stage", version: "1", from_stage: "Production", to_stage: "Archived", effective_at: 2_000, recorded_at: 2_000 },
        ...{ reason: "replaced by version 2: cheaper", by: ANN },
      },
      {
        kind: "alias",
        alias: "champion",
        from_version: null,
        to_version: "1",
        effective_at: 1_100,
        recorded_at: 1_100,
        reason: "set",
        by: CLIENT,
      },
      {
        ...{ kind: "stage", version: "1", from_stage: "None", to_stage: "Production", effective_at: 900, recorded_at: 1_000 },
        ...{ reason: "passed its checks in r", by: GATE },
      },
    ]);
    expect((await history({ limit: 2, offset: 4 })).changes).toEqual(changes.slice(4));
  });

  it.each([
    [899, null, null, [], []],
    [900, null, "1", [["1", "Production"]], []],
    [1_100, null, "1", [["1", "Production"]], [["champion", "1"]]],
    [
      2_100,
      null,
      "2",
      [
        ["1", "Archived"],
        ["2", "Production"],
      ],
      [["champion", "2"]],
    ],
    [
      9_000,
      null,
      "2",
      [
        ["1", "Archived"],
        ["2", "Production"],
      ],
      [],
    ],
    [9_000, 1_999, "1", [["1", "Production"]], [["champion", "1"]]],
    [950, 999, null, [], []],
  ])("at %d, as recorded until %s, has version %s in Production", async (at, recorded_until, production, stages, aliases) => {
    const stood = await history({ at, recorded_until });
    expect(stood.production).toBe(production);
    expect(stood.stages.map(({ version, stage }) => [version, stage])).toEqual(stages);
    expect(stood.aliases.map(({ alias, version }) => [alias, version])).toEqual(aliases);
  });

  it("keeps what a client does with its own models, a deleted one's too", async () => {
    await registry.createModel("mine", "", [], 10);
    for (const run_id of ["x", "y"]) await registry.createVersion(newVersion(run_id));
    for (const version of ["1", "2"])
      await registry.moveVersion({
        name: "mine",
        version,
        to_stage: "Production",
        archives_others: false,
        at: 30,
        reason: "moved",
        by: CLIENT,
      });
    await registry.setAlias("mine", "best", "2", 40, CLIENT);
    await registry.deleteVersion("mine", "2", 50, CLIENT);
    const { stages, aliases, changes } = await history({ one_a_stage: false }, "mine");
    expect([stages, aliases]).toEqual([
      [
        { version: "1", stage: "Production" },
        { version: "2", stage: "Deleted_Internal" },
      ],
      [],
    ]);
    expect(changes.slice(0, 2)).toMatchObject([
      { kind: "alias", from_version: "2", to_version: null, reason: "its version was deleted", by: CLIENT },
      { kind: "stage", version: "2", to_stage: "Deleted_Internal", by: CLIENT },
    ]);
    await registry.deleteModel("mine", 60);
    expect((await history({}, "mine")).total_entries).toBe(0);
    expect((await history({}, "mine (deleted at 60)")).total_entries).toBe(changes.length);
  });

  it.each([
    "DELETE FROM model_transitions",
    "DELETE FROM model_alias_changes",
    "UPDATE model_transitions SET reason = 'another'",
    "UPDATE model_transitions SET effective_at = 0 WHERE version = 2",
    "UPDATE model_alias_changes SET to_version = 1",
    "UPDATE model_alias_changes SET actor_name = 'bob'",
  ])("cannot be rewritten: %s", async (sql) => {
    const before = await history();
    await expect(opened.database.$client.execute(sql)).rejects.toThrow(/only added to/);
    expect(await history()).toEqual(before);
  });
});

function newVersion(run_id: string) {
  return {
    name: "mine",
    source: "s3://b",
    storage_location: "s3://b",
    run_id,
    run_link: "",
    model_id: null,
    description: "",
    tags: [],
    at: 20,
  };
}

it("of an older store says who it was where the reason tells", async () => {
  const { database, upgrade } = await openOldStore("0009_mlflow_registry");
  await database.$client.executeMultiple(`
    INSERT INTO registered_models (name, creation_timestamp, last_updated_timestamp) VALUES ('m', 1, 1);
    INSERT INTO model_transitions (name, version, from_stage, to_stage, effective_at, recorded_at, reason) VALUES
      ('m', 1, 'None', 'Staging', 1, 1, 'trained by r'), ('m', 1, 'Staging', 'Production', 2, 2, 'passed its checks in r'),
      ('m', 1, 'Production', 'Archived', 3, 3, 'replaced by version 2: passed its checks in s'), ('m', 2, 'None', 'Archived', 4, 4, 'moved by an MLflow client'),
      ('m', 2, 'None', 'Archived', 5, 5, 'version 3 moved from Staging to Production then'), ('m', 2, 'None', 'Archived', 6, 6, 'by hand');
    INSERT INTO model_alias_changes (name, alias, to_version, changed_at) VALUES ('m', 'a', 1, 7);`);
  await upgrade();
  const tracking = createTracking(database, { now: () => 10 });
  const { changes, aliases } = await tracking.history("m", { at: 9, recorded_until: 9, one_a_stage: false, limit: 9, offset: 0 });
  expect(changes.map(({ recorded_at, by }) => [recorded_at, by.kind, by.name])).toEqual([
    [7, "mlflow", ""],
    [6, "unknown", ""],
    [5, "pipeline", "model_validation"],
    [4, "mlflow", ""],
    [3, "pipeline", "model_validation"],
    [2, "pipeline", "model_validation"],
    [1, "pipeline", "model_training"],
  ]);
  expect(aliases).toEqual([{ alias: "a", version: "1" }]);
});
