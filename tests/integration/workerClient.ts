import { exports } from "cloudflare:workers";
import type { DagRun, TaskInstance } from "../../shared/contracts/dags.ts";
import { type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
  readonly body: any;
}

const POLL_MS = 50;

/** Calls the Worker's own fetch handler in this isolate. */
export async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await exports.default.fetch(`http://localhost${path}`, body === undefined ? { method } : { method, body: text });
  return { status: response.status, body: await response.json() };
}

export interface Trigger {
  readonly window: TimeWindow;
  readonly conf?: Readonly<Record<string, unknown>>;
  readonly map_keys?: readonly string[];
}

export async function trigger(dag_id: string, { window, conf = {}, map_keys }: Trigger): Promise<string> {
  const { status, body } = await call("POST", `/api/v2/dags/${dag_id}/dagRuns`, {
    data_interval_start: toIso(window.start),
    data_interval_end: toIso(window.end),
    conf,
    ...(map_keys ? { map_keys } : {}),
  });
  if (status !== 200) throw new Error(`${dag_id} was not created: ${status} ${JSON.stringify(body)}`);
  return (body as DagRun).dag_run_id;
}

/** Waits for the end of a run, which the queue drives, and gives its tasks. */
export async function endOf(dag_id: string, run_id: string): Promise<{ run: DagRun; tasks: readonly TaskInstance[] }> {
  const path = `/api/v2/dags/${dag_id}/dagRuns/${run_id}`;
  for (let waited_ms = 0; waited_ms < WAIT_LIMIT_MS; waited_ms += POLL_MS) {
    const { status, body } = await call("GET", path);
    if (status === 200 && (body.state === "success" || body.state === "failed")) {
      return { run: body, tasks: (await call("GET", `${path}/taskInstances`)).body.task_instances };
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`${dag_id} ${run_id} had not ended after ${WAIT_LIMIT_MS} ms`);
}
