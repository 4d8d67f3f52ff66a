import { beforeEach, describe, expect, it } from "vitest";
import type { PruneAnswer } from "../../../shared/contracts/prune.ts";
import { DAY } from "../../../shared/domain/instant.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { createMemoryLakeKeeper } from "../../support/ports/memoryLakeKeeper.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2026, 10, 30);
const SET = "d".repeat(64);
let ports: TestPorts;

beforeEach(async () => {
  const made = await createTestPorts({ now: NOW });
  const keeper = createMemoryLakeKeeper(made.lake, (key) => (key.includes("young") ? NOW : NOW - 181 * DAY));
  ports = { ...made, pruning: { ...made.pruning, lake: keeper } };
  for (const run of ["kept", "loose", "young"]) await ports.lake.putOnce(`models/${run}/artifacts/model/model.json`, run, "text/plain");
  await ports.lake.putOnce("models/loose/artifacts/evaluation.json", "{}", "text/plain");
  await ports.lake.putOnce(`datasets/${SET}.parquet`, "rows", "text/plain");
  await ports.lake.putOnce("bronze/USD_SGD/old.ndjson", "candles", "text/plain");
  const { $client } = ports.database;
  for (const run of ["kept", "loose", "young"])
    await $client.execute(
      `INSERT INTO runs (run_id, experiment_id, run_name, status, start_time, artifact_uri) VALUES ('${run}', 0, 'n', 'FINISHED', 1, 'models/${run}/artifacts')`,
    );
  await $client.batch([
    "INSERT INTO registered_models (name, creation_timestamp, last_updated_timestamp) VALUES ('m', 1, 1)",
    "INSERT INTO model_versions (name, version, run_id, source, creation_timestamp, last_updated_timestamp, recorded_at) VALUES ('m', 1, 'kept', 'models/kept/artifacts/model', 1, 1, 1)",
    `INSERT INTO run_tags (run_id, key, value) VALUES ('loose', 'dataset', '${SET}')`,
    `INSERT INTO datasets (sha256, key, instrument, rows, first_event_time, last_event_time, as_of, feature_set_hash, feature_names) VALUES ('${SET}', 'datasets/${SET}.parquet', 'USD_SGD', 1, 1, 1, 1, 'f', '[]')`,
    `INSERT INTO task_attempts (dag_id, run_id, task_id, map_key, try_number, state, start_date, end_date, log) VALUES ('d', 'r', 't', '', 1, 'success', 0, ${NOW - 91 * DAY}, 'a line')`,
  ]);
});

const ask = async (apply: boolean, of: TestPorts = ports) =>
  (await createTestApp(of).call("POST", "/api/prune", { apply })).body as PruneAnswer;
const counts = ({ kinds }: PruneAnswer) => Object.fromEntries(kinds.map(({ kind, found, bytes }) => [kind, [found, bytes]]));
const stored = () => ports.lake.keys().map((key) => key.split("/").slice(0, 2).join("/"));

describe("POST /api/prune", () => {
  it("counts what may go, and changes nothing", async () => {
    const answer = await ask(false);
    expect([answer.applied, answer.more, counts(answer)]).toEqual([false, false, { readings: [0, 0], logs: [1, 6], models: [3, 11] }]);
    expect(answer.kinds.map(({ days, before }) => [days, before])).toEqual([
      [90, "2026-09-01T00:00:00Z"],
      [90, "2026-09-01T00:00:00Z"],
      [180, "2026-06-03T00:00:00Z"],
    ]);
    expect(counts(await ask(false))).toEqual(counts(answer));
    expect(ports.lake.keys()).toHaveLength(6);
  });

  it("removes it until nothing is left, and touches neither bronze nor what is registered or young", async () => {
    const [first, second] = [await ask(true), await ask(true)];
    expect([first.more, counts(first)]).toEqual([true, { readings: [0, 0], logs: [1, 6], models: [3, 11] }]);
    expect([second.more, counts(second)]).toEqual([false, { readings: [0, 0], logs: [0, 0], models: [0, 0] }]);
    expect(stored()).toEqual(["bronze/USD_SGD", "models/kept", "models/young"]);
    expect(counts(await ask(false))).toEqual({ readings: [0, 0], logs: [0, 0], models: [0, 0] });
  });

  it("that is cut off between the ledger and the lake is ended by the next", async () => {
    const lake = { ...ports.pruning.lake, delete: async () => Promise.reject(new Error("killed")) };
    const { status } = await createTestApp({ ...ports, pruning: { ...ports.pruning, lake } }).call("POST", "/api/prune", { apply: true });
    expect([status, ports.lake.keys().length]).toEqual([500, 6]);
    while ((await ask(true)).more);
    expect(stored()).toEqual(["bronze/USD_SGD", "models/kept", "models/young"]);
  });

  it("leaves a run that is registered between the look and the note", async () => {
    const { ledger } = ports.pruning;
    const late = {
      ...ledger,
      async runFacts() {
        const facts = await ledger.runFacts();
        await ports.database.$client.execute(
          "INSERT INTO model_versions (name, version, run_id, source, creation_timestamp, last_updated_timestamp, recorded_at) VALUES ('m', 2, 'loose', 'models/loose/artifacts/model', 1, 1, 1)",
        );
        return facts;
      },
    };
    const answer = await ask(true, { ...ports, pruning: { ...ports.pruning, ledger: late } });
    expect(counts(answer)["models"]).toEqual([0, 0]);
    expect(stored()).toContain("models/loose");
  });
});
