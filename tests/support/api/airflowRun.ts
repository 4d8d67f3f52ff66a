import { expect } from "vitest";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";
import { HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { createFakeTrainer } from "../ports/fakeTrainer.ts";
import { createTestPorts, type TestPorts } from "../ports/testPorts.ts";
import { AIRFLOW_MODELS, type AirflowModel } from "./airflowModels.ts";
import { createTestApp, type TestAnswer, type TestApp } from "./testApp.ts";

/** A run whose first instance has failed, with a log, and whose others wait: what Airflow's clients ask about. */

export const NOON = Date.UTC(2025, 5, 25, 12);
export const NOW = NOON + 20 * MINUTE;
export const V2 = "/api/v2";
export const DAG = `${V2}/dags/market_feature_pipeline`;
export const RUN = `${DAG}/dagRuns/r`;
export const WAIT = `${RUN}/taskInstances/wait_for_bars`;
export const KEY = { dag_id: "market_feature_pipeline", run_id: "r", task_id: "wait_for_bars", map_key: "EUR_USD" };

/** The answer, once the client's model has taken it. */
export type AskAirflow = (model: AirflowModel, path: string, method?: string, body?: unknown) => Promise<TestAnswer>;

export async function startAirflowRun(): Promise<{ readonly ports: TestPorts; readonly app: TestApp }> {
  const ports = await createTestPorts({ now: NOW, trainer: createFakeTrainer() });
  const app = createTestApp(ports);
  const interval = { data_interval_start: toIso(NOON - HOUR), data_interval_end: toIso(NOON) };
  await app.call("POST", `${DAG}/dagRuns`, { dag_run_id: "r", logical_date: null, ...interval });
  await failOne(app);
  return { ports, app };
}

/** Asks the app that a test has put in place by then. */
export function askerOf(app: () => TestApp): AskAirflow {
  return async (model, path, method = "GET", body) => {
    const answer = await app().call(method, path, body);
    const read = AIRFLOW_MODELS[model].safeParse(answer.body);
    expect(read.error, `${method} ${path}: ${JSON.stringify(answer.body).slice(0, 300)}`).toBeUndefined();
    return answer;
  };
}

async function failOne(app: TestApp): Promise<void> {
  const dag = ALL_DAGS.find(({ dag_id }) => dag_id === KEY.dag_id)!;
  const claimed = await app.ledger.claim(dag, KEY, { token: "t", now: NOW, lease_until: NOW + MINUTE });
  await app.ledger.settle(dag, claimed!.lease, {
    now: NOW + 1_500,
    ending: { state: "failed", error: { code: "source_rejected", message: "no such pair", retryable: false } },
    log: "asked for EUR_USD\nno such pair\n",
    callbacks: ["on_failure"],
  });
}
