import type { ResultSet } from "@libsql/client/web";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Statement } from "../../functions/adapters/libsql/bulk.ts";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createLedger } from "../../functions/adapters/libsql/ledger/ledger.ts";
import { defineDag, defineTask } from "../../shared/dag/defineDag.ts";
import { HOUR } from "../../shared/domain/instant.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { NOW } from "../support/engine/pipelineFixtures.ts";

let sqld: SqldProcess;
beforeAll(async () => {
  sqld = await startSqld();
});
afterAll(() => sqld.stop());

/** Tables that grow for ever. A plan that goes over all rows of one, or of one of its DAGs or views, is slower with every run. */
const GOES_OVER_ALL =
  /^(SCAN (t|o|u|r|task_instances|task_attempts|dag_runs|feature_rows)\b|SEARCH (?!f ).*\((dag_id=\?|entity=\? AND view=\? AND schema_hash=\?)\)$)/;

/** What the server makes of every statement that `work` sends. */
async function plansOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const client = sqld.database.$client;
  const { batch, execute } = client;
  const sent: Statement[] = [];
  client.batch = (statements, mode) => {
    sent.push(...(statements as Statement[]));
    return batch.call(client, statements, mode);
  };
  client.execute = ((statement: Statement) => {
    sent.push(statement);
    return (execute as (one: Statement) => Promise<ResultSet>).call(client, statement);
  }) as typeof execute;
  try {
    await work();
  } finally {
    Object.assign(client, { batch, execute });
  }
  const plans: string[] = [];
  for (const { sql, args } of sent) {
    const { rows } = await client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
    plans.push(...rows.map((row) => `${row["detail"]}  <-  ${sql.replaceAll(/\s+/g, " ").slice(0, 80)}`));
  }
  return plans;
}

function goingOverAll(plans: readonly string[]): readonly string[] {
  return plans.filter((plan) => GOES_OVER_ALL.test(plan.split("  <-  ")[0]!));
}

it("a task's claim, heartbeat and end look at their own rows, however many there are", async () => {
  const tasks = [{ task_id: "x" }, { task_id: "y", upstream: ["x"] }].map((task) =>
    defineTask({ ...task, map_over: "instrument", block_ms: 9 * HOUR }),
  );
  const dag = defineDag({ dag_id: "plans", description: "", schedule: null, max_active_runs: 9, tasks });
  const ledger = createLedger(sqld.database, { p: { slots: 1, include_deferred: false } });
  const instances = tasks.map(({ task_id }) => ({ task_id, map_key: "a", max_tries: 0, pool: null }));
  const run = { dag_id: dag.dag_id, run_id: "r", run_type: "manual", window: { start: NOW - HOUR, end: NOW }, conf: {} } as const;
  await ledger.createRun(dag, { ...run, triggered_by: "test", deadline_at: null, tasks: instances }, NOW);
  const key = { dag_id: dag.dag_id, run_id: "r", task_id: "x", map_key: "a" };
  const plans = await plansOf(async () => {
    const { lease } = (await ledger.claimBlock(dag, key, { token: "t", now: NOW, lease_until: NOW + HOUR })).tasks[0]!;
    expect(await ledger.heartbeat(lease, NOW + HOUR)).toBe(true);
    const ended = { lease, ending: { state: "success", report: {} }, log: "" } as const;
    expect((await ledger.settleBlock(dag, { now: NOW, ended: [ended] }))?.queued).toEqual([{ ...key, task_id: "y" }]);
    expect(await ledger.claim(dag, { ...key, task_id: "y" }, { token: "u", now: NOW, lease_until: NOW + HOUR })).not.toBeNull();
  });
  expect(plans.length).toBeGreaterThan(20);
  expect(goingOverAll(plans)).toEqual([]);
});

it("a grid of runs and tasks looks at the runs of its page alone", async () => {
  const ledger = createLedger(sqld.database);
  const plans = await plansOf(() =>
    ledger.grid({ dag_id: "plans", limit: 9, before: { window_end: NOW, run_id: "r" }, until: NOW, since: NOW }),
  );
  expect(plans.filter((plan) => plan.includes("dag_runs_by_interval (dag_id=? AND data_interval_end<?)"))).toHaveLength(2);
  expect(goingOverAll(plans).filter((plan) => !/^SCAN a /.test(plan))).toEqual([]);
});

it("the newest row of a view is looked for by its key", async () => {
  const store = createFeatureStore(sqld.database, { now: () => NOW });
  const views = [{ view: "v", schema_hash: "h" }];
  const plans = await plansOf(async () => {
    await store.latestOfEach("USD_SGD", views, [NOW, NOW - HOUR]);
    await store.newestWithin(["USD_SGD"], views, { from: 0, to: NOW }, NOW);
  });
  expect(goingOverAll(plans)).toEqual([]);
  expect(plans.filter((plan) => plan.includes("TEMP B-TREE"))).toEqual([]);
});

it("the history of a view and its moments are read by the key", async () => {
  const store = createFeatureStore(sqld.database, { now: () => NOW });
  const view = { view: "v", schema_hash: "h" };
  const plans = await plansOf(async () => {
    await store.history("USD_SGD", view, { start: NOW - HOUR, end: NOW }, NOW);
    await store.eventTimes("USD_SGD", view, { start: NOW - HOUR, end: NOW });
  });
  expect(plans.length).toBeGreaterThan(2);
  expect(goingOverAll(plans)).toEqual([]);
  expect(plans.filter((plan) => plan.includes("TEMP B-TREE"))).toEqual([]);
});
