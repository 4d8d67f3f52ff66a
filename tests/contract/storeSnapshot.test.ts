import { afterEach, describe, expect, it } from "vitest";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import type { LoggedRun } from "../../shared/ports/tracking.ts";
import { openMemoryDatabase } from "../support/databases/memoryDatabase.ts";
import { differenceOf, readTable } from "../support/databases/storeSnapshot.ts";

/** One run of each pair, logged in the order of `pairs`: their experiments are numbered in it. */
async function storeOf(...pairs: readonly string[]) {
  const database = await openMemoryDatabase();
  const tracking = createTracking(database, { now: () => 7 });
  for (const pair of pairs) await tracking.logRun(runOf(pair));
  return {
    table: (name: string) => readTable(database.$client, name),
    rename: (from: string, to: string) =>
      database.$client.execute({ sql: "UPDATE experiments SET name = ? WHERE name = ?", args: [to, from] }),
    close: () => database.$client.close(),
  };
}

function runOf(pair: string): LoggedRun {
  const run_id = pair.repeat(6).slice(0, 32);
  return {
    run_id,
    experiment: `fx-prediction-${pair}`,
    run_name: pair,
    status: "FINISHED",
    start_time: 1_000,
    end_time: 2_000,
    artifact_uri: `mlflow-artifacts:/${run_id}/artifacts`,
    params: {},
    metrics: [],
    tags: {},
  };
}

describe("two stores that are compared", () => {
  const opened: { close(): void }[] = [];
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
  });

  it("are the same when only the numbers of their experiments differ", async () => {
    const [one, other] = [await storeOf("usdsgd", "eurusd"), await storeOf("eurusd", "usdsgd")];
    opened.push(one, other);
    for (const name of ["experiments", "runs"]) {
      const rows = await one.table(name);
      expect(rows.length, name).toBeGreaterThan(1);
      expect(differenceOf(rows, await other.table(name)), name).toBeNull();
    }
  });

  it("differ when a run belongs to another experiment", async () => {
    const [one, other] = [await storeOf("usdsgd", "eurusd"), await storeOf("usdsgd", "eurusd")];
    opened.push(one, other);
    await other.rename("fx-prediction-eurusd", "fx-prediction-audusd");
    for (const name of ["experiments", "runs"])
      expect(differenceOf(await one.table(name), await other.table(name)), name).toContain("fx-prediction-eurusd");
  });
});
