import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describeTimings, digits, timingsOf } from "../figures.ts";
import type { RequestCounts } from "../ledger/countRequests.ts";
import type { Measured, Section } from "../section.ts";
import { startWorkerHost, type WorkerHost } from "../workerHost.ts";

const TASKS = 1_000;
const STARTS = 100;
const BESIDE_SLOW = 20;
const SWEEPS = 10;
const SWEEPS_A_SECOND = 1 / 60;
const WITHIN_MS = 120_000;

const ENTRY = fileURLToPath(new URL("../ledger/worker.ts", import.meta.url));

export const ledger: Section = {
  name: "ledger",
  work: "the engine: draining, starting, idling",
  note: "fx serve's host, its queue as wrangler.toml sets it, a real sqld; tasks that do nothing",
  peer: "-",
  budget: "-",
  run: async () => {
    const host = await startWorkerHost(ENTRY, { HINTS_AT_ONCE: "6" });
    try {
      // The first run loads the code and opens the connections.
      await startOne(host, STARTS);
      return [await measureStarts(host), await measureDrain(host), await measureBesideSlow(host), await measureIdle(host)];
    } finally {
      await host.stop();
    }
  },
};

async function measureDrain(host: WorkerHost): Promise<Measured> {
  const before = await countsOf(host);
  await host.call(`/trigger?dag=drain&run=0&keys=${TASKS}`);
  const { took_ms } = await endOf(host, "drain", 0);
  const after = await countsOf(host);
  const per_task = (after.requests - before.requests) / TASKS;
  const tasks_per_s = (TASKS / took_ms) * 1_000;
  return {
    label: `${TASKS.toLocaleString("en")} queued tasks, from their run's creation to its end`,
    text: `${digits(tasks_per_s)} tasks/s, ${digits(per_task)} requests a task`,
    values: { tasks_per_s, requests_per_task: per_task },
    budget: ">= 100 tasks/s",
  };
}

/** From asking for a run to the start of its task's step, one after another. */
async function measureStarts(host: WorkerHost): Promise<Measured> {
  const waits: number[] = [];
  for (let run = 0; run < STARTS; run++) waits.push(await startOne(host, run));
  const timings = timingsOf(waits);
  return {
    label: "a run, from asking for it to its first step",
    text: describeTimings(timings),
    values: { ...timings },
    budget: "p95 < 100 ms",
  };
}

/** A slice that waits for the sidecar must not keep others from starting. */
async function measureBesideSlow(host: WorkerHost): Promise<Measured> {
  await host.call("/trigger?dag=slow&run=0");
  const waits: number[] = [];
  for (let run = 0; run < BESIDE_SLOW; run++) waits.push(await startOne(host, STARTS + 1 + run));
  const timings = timingsOf(waits);
  return { label: "the same beside a slice of 5 s", text: describeTimings(timings), values: { ...timings }, budget: "-" };
}

async function startOne(host: WorkerHost, run: number): Promise<number> {
  const asked_at = Date.now();
  await host.call(`/trigger?dag=start&run=${run}`);
  const { started_at } = await endOf(host, "start", run);
  return started_at - asked_at;
}

/** With the history of the others in the store: an empty one is easy. */
async function measureIdle(host: WorkerHost): Promise<Measured> {
  const before = await countsOf(host);
  for (let sweep = 0; sweep < SWEEPS; sweep++) await host.call("/sweep");
  const after = await countsOf(host);
  const per_sweep = (name: keyof RequestCounts) => (after[name] - before[name]) / SWEEPS;
  const queries_per_s = per_sweep("statements") * SWEEPS_A_SECOND;
  return {
    label: "idle: a sweep a minute",
    text: `${digits(per_sweep("requests"))} request of ${digits(per_sweep("statements"))} queries a sweep: ${digits(queries_per_s)} queries/s`,
    values: { requests_per_sweep: per_sweep("requests"), queries_per_s },
    budget: "<= 1 query/s",
  };
}

async function countsOf(host: WorkerHost): Promise<RequestCounts> {
  return (await (await host.call("/requests")).json()) as RequestCounts;
}

async function endOf({ database }: WorkerHost, dag_id: string, run: number): Promise<{ took_ms: number; started_at: number }> {
  const sql = `SELECT r.end_date - r.queued_at AS took_ms, (
      SELECT min(report ->> 'started_at') FROM task_instances t WHERE t.dag_id = r.dag_id AND t.run_id = r.run_id) AS started_at
    FROM dag_runs r WHERE dag_id = ? AND run_id = ? AND end_date IS NOT NULL`;
  for (const deadline = Date.now() + WITHIN_MS; Date.now() < deadline; await sleep(50)) {
    const { rows } = await database.$client.execute({ sql, args: [dag_id, `run-${run}`] });
    if (rows[0]) return { took_ms: Number(rows[0]["took_ms"]), started_at: Number(rows[0]["started_at"]) };
  }
  throw new Error(`${dag_id} had not ended after ${WITHIN_MS / 1_000} s`);
}
