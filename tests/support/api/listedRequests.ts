import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import type { Asked, Named } from "../fuzz/leastRequest.ts";
import { GOLD } from "../models/servingFixture.ts";
import { NOON } from "./airflowRun.ts";
import { BRONZE_KEY, MODEL, PAST } from "./contractWorld.ts";
import { liquidityRows } from "./liquidityRows.ts";

const PUSHED = liquidityRows([toIso(NOON)], [5]);
const FEATURES = [`${GOLD.name}:ret_1`];
const CANDLE = JSON.stringify({
  complete: true,
  volume: 5,
  time: toIso(NOON - 40 * HOUR),
  mid: { o: "1.3", h: "1.31", l: "1.29", c: "1.3" },
});
const ARTICLE = JSON.stringify({
  title: "Fed cuts rates, dollar falls",
  url: "https://a.example/1",
  published_at: toIso(NOON - HOUR),
  source: "wire",
});
const OF_MODEL = { params: { name: MODEL, version: "2" } };
const PAIR = { query: { map_key: "EUR_USD" } };

/** What an operation is asked for where the least that its schema takes is not enough, by operationId. */
export function listedRequests({ run_id, dataset, experiment_id, artifacts }: Named): Readonly<Record<string, Asked>> {
  const run = { body: { run_id } };
  const file = { params: { path: `${artifacts}/a.txt` } };
  return {
    getOnlineFeatures: { body: { entities: { instrument: ["USD_SGD"] }, features: FEATURES } },
    readSeries: { query: { check: "freshness", metric: "bar_age_h" } },
    readBronze: { query: { key: BRONZE_KEY } },
    docsFile: { params: { file: "docs.css" } },
    readRunbook: { params: { alert: "BarsStale" } },
    webFile: { params: { file: "app-1.js" } },
    webPage: { params: { page: "now" } },
    webItem: { params: { page: "models", item: MODEL } },
    webPart: { params: { page: "models", item: MODEL, part: "2" } },
    readModelRecord: OF_MODEL,
    readModelEvaluation: OF_MODEL,
    readModelOutcomes: OF_MODEL,
    readRegistryHistory: OF_MODEL,
    moveProduction: { ...OF_MODEL, body: { action: "promote", version: "2" } },
    sendFeedback: { body: { prediction_id: "over", realized_direction: "bullish" } },
    readDatasetFile: { params: { file: `${dataset}.parquet` } },
    readModelFile: { params: { ...OF_MODEL.params, file: "model.json" } },
    readFeatureService: { params: { service: MODEL } },
    getHistoricalFeatures: { body: { entities: { instrument: ["USD_SGD"], event_timestamp: [toIso(NOON)] }, features: FEATURES } },
    exportFeatures: { query: { features: FEATURES[0], instruments: "USD_SGD" } },
    pushFeatures: { body: { push_source_name: "market_liquidity_push", df: PUSHED } },
    writeToOnlineStore: { body: { feature_view_name: "market_liquidity", df: PUSHED } },
    materializeFeatures: { body: { start_ts: PAST.from, end_ts: PAST.to } },
    importCandles: { body: CANDLE },
    importNews: { body: ARTICLE },
    createExperiment: { body: { name: "another" } },
    searchDatasets: { body: { experiment_ids: [experiment_id] } },
    getRun: { query: { run_id } },
    ...Object.fromEntries(
      ["updateRun", "deleteRun", "restoreRun", "logParam", "logBatch", "setTag", "deleteTag", "logInputs", "logOutputs"].map((id) => [
        id,
        run,
      ]),
    ),
    logMetric: { body: { run_id, value: 1, timestamp: 1 } },
    logModel: { body: { run_id, model_json: JSON.stringify({ run_id, artifact_path: "model" }) } },
    getMetricHistory: { query: { run_id } },
    getArtifact: file,
    putArtifact: { ...file, body: "text" },
    deleteArtifact: file,
    listRunArtifacts: { query: { run_id } },
    getRunFile: { query: { run_id } },
    createRegisteredModel: { body: { name: "another" } },
    renameRegisteredModel: { body: { name: "another", new_name: "renamed" } },
    deleteRegisteredModel: { body: { name: "renamed" } },
    createModelVersion: { body: { source: `runs:/${run_id}/model`, run_id } },
    askGraphql: { body: { operationName: "GetRun", variables: { data: { runId: run_id } }, query: "query GetRun { __typename }" } },
    clearTaskInstances: { body: { dag_run_id: "r", dry_run: true } },
    replayDeadLetter: {
      params: { id: "dead" },
      body: { body: { pipeline: "market_feature_pipeline", instruments: ["USD_SGD"], ...PAST, reason: "again" } },
    },
    ...Object.fromEntries(["listTries", "readTry", "readLog", "readTaskInstance", "listDependencies"].map((id) => [id, PAIR])),
    patchTaskInstance: PAIR,
  };
}

/** What takes away what others ask for: asked last, and in this order. */
export const LAST = [
  "deleteAlias",
  "deleteRegisteredModelTag",
  "deleteModelVersionTag",
  "deleteModelVersion",
  "deleteLoggedModelTag",
  "deleteLoggedModel",
  "deleteTag",
  "deleteArtifact",
  "deleteRun",
  "restoreRun",
  "deleteExperimentTag",
  "deleteExperiment",
  "restoreExperiment",
  "renameRegisteredModel",
  "deleteRegisteredModel",
  "cancelBackfill",
];
