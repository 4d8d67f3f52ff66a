import { createPredictionLog } from "../../../functions/adapters/libsql/serving/predictionLog.ts";
import { DAY, HOUR, toIso } from "../../../shared/domain/instant.ts";
import { modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import type { Named } from "../fuzz/leastRequest.ts";
import { evaluationOf } from "../models/evaluationOf.ts";
import { addTrainingSet, servedAnswer } from "../models/monitorFixture.ts";
import { addModel, GOLD, ready } from "../models/servingFixture.ts";
import { SOUND } from "../models/soundTags.ts";
import { articleOf } from "../news/newsFixtures.ts";
import { storeBars, type TestPorts } from "../ports/testPorts.ts";
import { KEY, NOON, startAirflowRun } from "./airflowRun.ts";
import { mlflowCalls } from "./mlflowCalls.ts";
import type { TestApp } from "./testApp.ts";

export interface ContractWorld {
  readonly ports: TestPorts;
  readonly app: TestApp;
  /** What there is, by the name of the field that asks for it. */
  readonly named: Named;
}

export const PAST = { from: toIso(NOON - 3 * HOUR), to: toIso(NOON - HOUR) };
export const BRONZE_KEY = "bronze/candles/oanda/USD_SGD/2025-06-25/0a.ndjson";
export const MODEL = modelNameOf("USD_SGD");
const TESTED_ROWS = 300;
const SPAN = { dag_id: KEY.dag_id, from_date: PAST.from, to_date: PAST.to };

/** A store in which there is one at least of all that a route can be asked for. */
export async function contractWorld(): Promise<ContractWorld> {
  const { ports, app } = await startAirflowRun();
  const dataset = await addTrainingSet(ports, NOON - DAY, TESTED_ROWS, 0.5);
  await ready(ports, NOON, 60, { dataset });
  return {
    ports,
    app,
    named: { ...(await serving(ports, dataset)), ...(await read(ports)), ...(await tracked(app)), ...(await orchestrated(app)), ...WORDS },
  };
}

/** What may be said of a field, whatever there is. */
const WORDS = {
  ...{ key: "k", value: "v", metric_key: "m", timestamp: toIso(NOON), path: "a.txt", artifact_file_path: "a.txt", stage: "Staging" },
  ...{ granularity: "H1", end_ts: toIso(NOON), start_ts: toIso(NOON - HOUR), pool_name: "default_pool", username: "u", password: "p" },
  ...{ ...PAST, from_date: PAST.from, to_date: PAST.to, reason: "a test", source: "desk", pipeline: KEY.dag_id, instruments: ["USD_SGD"] },
};

/** A model in Production and one that might be, a prediction that is over and its bars, and a training set. */
async function serving(ports: TestPorts, dataset: string): Promise<Named> {
  await addModel(ports, { run_id: "second", strength: 0.2, card: { dataset } });
  await ports.tracking.setVersionTags(MODEL, "2", SOUND);
  await ports.lake.putOnce(
    modelArtifactKeys("second").evaluation,
    JSON.stringify({ ...evaluationOf(TESTED_ROWS), dataset }),
    "application/json",
  );
  await ports.lake.putOnce(BRONZE_KEY, '{"complete":true}\n', "application/x-ndjson");
  const mid = { o: 1.3, h: 1.3, l: 1.3, c: 1.3 };
  const bars = [2, 1, 0].map((hours) => ({ start: NOON - (hours + 1) * HOUR, mid: { ...mid, c: 1.3 + hours / 100 } }));
  await storeBars(
    ports,
    bars.map((bar) => ({ ...bar, instrument: "USD_SGD", granularity: "H1" as const, bid: null, ask: null, volume: null })),
  );
  await createPredictionLog(ports.database).append([servedAnswer(NOON - HOUR, 0.6, { prediction_id: "over" })]);
  return { instrument: "USD_SGD", view: GOLD.name, feature: GOLD.features[0]!.name, service: "none", prediction_id: "over", dataset };
}

/** An article. */
async function read(ports: TestPorts): Promise<Named> {
  const article = articleOf({ slug: "a", available_at: NOON - HOUR });
  await ports.articles.write({ object_key: "k", articles: [article], rejects: [], ingested_at: NOON });
  return { article_id: article.article_id };
}

/** A run with a file, its experiment, a model that people registered, and a logged one. */
async function tracked(app: TestApp): Promise<Named> {
  const { ask, post, makeRun, register } = mlflowCalls(() => app);
  const { experiment_id } = await post("experiments/create", { name: "study" });
  const { run_id, artifact_uri } = await makeRun();
  const artifacts = artifact_uri.replace("mlflow-artifacts:/", "");
  const files = [artifacts];
  await post("registered-models/create", { name: "mine" });
  const { version, run_id: registered } = await register("mine");
  await post("registered-models/alias", { name: "mine", alias: "best", version });
  const { model } = await post("logged-models", { experiment_id });
  files.push(`0/${registered}/artifacts/model`, `${experiment_id}/models/${model.info.model_id}/artifacts`);
  for (const folder of files) await ask("PUT", `mlflow-artifacts/artifacts/${folder}/a.txt`, "text");
  await ask("PATCH", `mlflow/logged-models/${model.info.model_id}/tags`, { tags: [{ key: "k", value: "v" }] });
  const of = { experiment_name: "study", run_uuid: run_id, run_ids: [run_id], model_id: model.info.model_id };
  return { experiment_id, run_id, ...of, name: "mine", version, alias: "best", artifacts };
}

/** Beside the run of Airflow's tests: a backfill and a message that nobody could read. */
async function orchestrated(app: TestApp): Promise<Named> {
  const { body } = await app.call("POST", "/api/v2/backfills", SPAN);
  await app.reprocess.receive({ id: "dead", body: { pipeline: "none" } });
  const { event_logs } = (await app.call("GET", "/api/v2/eventLogs")).body;
  return {
    dag_id: KEY.dag_id,
    dag_run_id: "r",
    task_id: KEY.task_id,
    map_index: "0",
    try_number: "1",
    id: String(body.id),
    event_log_id: String(event_logs[0]?.event_log_id ?? 1),
  };
}
