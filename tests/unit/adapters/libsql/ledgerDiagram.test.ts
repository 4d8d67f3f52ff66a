import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Database } from "../../../../functions/adapters/libsql/database.ts";
import { openMemoryDatabase } from "../../../support/databases/memoryDatabase.ts";
import { buildDag, scenario } from "../../../support/engine/crashScenario.ts";
import { createWorld } from "../../../support/engine/crashWorld.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../../../functions/adapters/libsql/ledger/README.md"), "utf8");
const HISTORIES = 12;
const ROUNDS = 3_000;

/** The page's diagrams, in its order, as "from → to". */
const [OF_TASKS, OF_RUNS] = [...PAGE.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(
  ([, diagram = ""]) => new Set([...diagram.matchAll(/^ {2}(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from} → ${to}`)),
);

/** Has the database write down each change of a state, whoever makes it. */
async function watchStates(database: Database): Promise<(table: string) => Promise<Set<string>>> {
  await database.$client.execute("CREATE TABLE state_changes (of_table TEXT, change TEXT, PRIMARY KEY (of_table, change))");
  for (const table of ["task_instances", "dag_runs"])
    await database.$client.execute(`CREATE TRIGGER ${table}_states AFTER UPDATE OF state ON ${table} WHEN old.state <> new.state
      BEGIN INSERT OR IGNORE INTO state_changes VALUES ('${table}', old.state || ' → ' || new.state); END`);
  return async (table) => {
    const { rows } = await database.$client.execute({ sql: "SELECT change FROM state_changes WHERE of_table = ?", args: [table] });
    return new Set(rows.map((row) => String(row[0])));
  };
}

it("the ledger's page draws every change of a state that happens under crashes, and none that does not", async () => {
  const database = await openMemoryDatabase();
  const changes = await watchStates(database);
  const histories = scenario.map((given) => ({ ...given, meddling: 0 }));
  await fc.assert(
    fc.asyncProperty(histories, async (given) => {
      const dag = buildDag(given);
      const world = createWorld(given, dag, database);
      for (let run = 1; run <= given.runs; run++) await world.triggerUntilDone(run);
      await world.backfillUntilDone();
      for (let round = 0; round < ROUNDS; round++) {
        await world.playRound();
        const { runs } = await world.ledger.runs(dag.dag_id, { limit: 20, offset: 0 });
        const [backfill] = await world.backfill();
        if (runs.every((run) => run.ended_at !== null) && (!backfill || backfill.completed_at !== null)) return;
      }
    }),
    { numRuns: HISTORIES, seed: 7 },
  );
  // A backfill that runs an interval again takes tasks back: the first line of the page's table.
  const of_tasks = [...(await changes("task_instances"))].filter((change) => !change.endsWith("→ none"));
  expect(of_tasks.filter((change) => !OF_TASKS?.has(change))).toEqual([]);
  expect([...(OF_TASKS ?? [])].filter((change) => !of_tasks.includes(change) && !change.endsWith("→ removed"))).toEqual([]);
  const of_runs = await changes("dag_runs");
  expect([...of_runs].filter((change) => !OF_RUNS?.has(change))).toEqual([]);
  expect([...of_runs].sort()).toEqual(expect.arrayContaining(["queued → running", "running → failed", "running → success"]));
  database.$client.close();
}, 120_000);
