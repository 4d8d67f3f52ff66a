import { expect, it } from "vitest";
import { createTracking } from "../../../functions/adapters/libsql/tracking.ts";
import { openOldStore } from "../../support/oldStore.ts";

const MODEL = "USD_SGD_direction_h1";

it("what an older store knew of its models is kept, as recorded at the upgrade", async () => {
  const { database, upgrade } = await openOldStore("0002_news_and_monitoring");
  const client = database.$client;
  await client.execute(`INSERT INTO registered_models (name, creation_timestamp, last_updated_timestamp) VALUES ('${MODEL}', 10, 20)`);
  await client.execute(`INSERT INTO model_versions (name, version, run_id, source, current_stage, creation_timestamp, last_updated_timestamp)
    VALUES ('${MODEL}', 1, 'r1', 's1', 'Archived', 10, 20), ('${MODEL}', 2, 'r2', 's2', 'Production', 20, 20)`);
  await client.execute(`INSERT INTO model_transitions (name, version, from_stage, to_stage, effective_at, reason)
    VALUES ('${MODEL}', 1, 'None', 'Production', 10, 'a'), ('${MODEL}', 1, 'Production', 'Archived', 20, 'b'), ('${MODEL}', 2, 'None', 'Production', 20, 'c')`);
  const before = Date.now();
  await upgrade();
  const after = Date.now();
  const tracking = createTracking(database, { now: () => after + 1_000 });
  const [versions, moves] = [await tracking.versions(MODEL), await tracking.transitions(MODEL)];
  expect(versions).toMatchObject([
    { version: "1", source: "s1", current_stage: "Archived", creation_timestamp: 10 },
    { version: "2", source: "s2", current_stage: "Production", last_updated_timestamp: 20 },
  ]);
  expect(moves.map((move) => [move.version, move.to_stage, move.effective_at, move.reason])).toEqual([
    ["1", "Production", 10, "a"],
    ["1", "Archived", 20, "b"],
    ["2", "Production", 20, "c"],
  ]);
  for (const { recorded_at } of [...versions, ...moves]) {
    expect(recorded_at).toBeGreaterThanOrEqual(before);
    expect(recorded_at).toBeLessThanOrEqual(after);
  }
  expect((await tracking.productionAt(MODEL, 15))?.version).toBe("1");
  expect(await tracking.productionAt(MODEL, 15, before - 1)).toBeNull();
  await tracking.registerVersion(MODEL, "r3", "s3", 30);
  await tracking.transition(MODEL, "3", "Production", 30, "d");
  expect((await tracking.productionAt(MODEL, 40))?.version).toBe("3");
});
