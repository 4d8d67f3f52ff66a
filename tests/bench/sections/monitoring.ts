import { createFeatureStore } from "../../../functions/adapters/libsql/features/featureStore.ts";
import { createBarStore } from "../../../functions/adapters/libsql/market/barStore.ts";
import { createMonitorStore } from "../../../functions/adapters/libsql/monitoring/monitorStore.ts";
import { createFeedbackStore } from "../../../functions/adapters/libsql/serving/feedbackStore.ts";
import { createOutcomeStore } from "../../../functions/adapters/libsql/serving/outcomeStore.ts";
import { createPredictionLog } from "../../../functions/adapters/libsql/serving/predictionLog.ts";
import { createPredictionReader } from "../../../functions/adapters/libsql/serving/predictionReader.ts";
import { createTracking } from "../../../functions/adapters/libsql/tracking/tracking.ts";
import { goldViewOf } from "../../../functions/pipelines/common/goldViewOf.ts";
import { monitoring as dag } from "../../../functions/pipelines/monitoring/dag.ts";
import type { Ports } from "../../../functions/pipelines/ports.ts";
import { toParquet } from "../../../functions/pipelines/training/trainingSetParquet.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { featureSetHash, modelFeatureNames } from "../../../shared/features/modelFeatures.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import { referenceOf, toRegisteredView } from "../../../shared/features/viewSchema.ts";
import { type ModelCard, modelArtifactKeys, sourceKeys } from "../../../shared/models/modelCard.ts";
import { UNJUDGED } from "../../../shared/models/modelClaim.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { startSqld } from "../../support/databases/sqldProcess.ts";
import { runSlices } from "../../support/engine/stepContext.ts";
import { evaluationOf } from "../../support/models/evaluationOf.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts, storeBars } from "../../support/ports/testPorts.ts";
import { describeTimings, timeEach, timingsOf } from "../figures.ts";
import type { Measured, Section } from "../section.ts";
import { syntheticRow } from "../syntheticRows.ts";

const NOW = Date.UTC(2026, 0, 29, 12);
const GOLD = goldViewOf({ instruments: DEFAULT_INSTRUMENTS });
const TRAINING_ROWS = 6_000;
const RUNS = 5;

/** Ends of open hours of thirty days before now, ascending. */
const ENDS = Array.from({ length: 30 * 24 }, (_, hour) => NOW - (30 * 24 - 1 - hour) * HOUR).filter((end) => isMarketOpen(end - HOUR));

export const monitoring: Section = {
  name: "monitoring",
  work: "a run of the monitoring DAG, 7 instruments over 30 days",
  note: "its steps one after the other on a real sqld, from Node; a model and some 80 features each, a prediction an hour",
  peer: "-",
  budget: "< 3 s",
  run: async () => {
    const sqld = await startSqld();
    try {
      const ports = await portsOn(sqld.database);
      for (const instrument of DEFAULT_INSTRUMENTS) await addPair(ports, instrument);
      // The first run settles a month and profiles the training sets: once a training set, and not each time.
      await lookAt(ports, NOW);
      const times = await timeEach(RUNS, (run) => lookAt(ports, NOW + (run + 1) * HOUR));
      return [rowOf(times)];
    } finally {
      await sqld.stop();
    }
  },
};

type Database = Parameters<typeof createBarStore>[0];

async function portsOn(database: Database): Promise<Ports> {
  const clock = { now: () => NOW };
  const base = await createTestPorts({
    now: NOW,
    config: { instruments: DEFAULT_INSTRUMENTS },
    trainer: createFakeTrainer(),
    sentiment: createFakeScorer(),
  });
  return {
    ...base,
    bars: createBarStore(database),
    features: createFeatureStore(database, clock),
    monitor: createMonitorStore(database),
    tracking: createTracking(database, clock),
    predictions: createPredictionReader(database),
    prediction_log: createPredictionLog(database),
    outcomes: createOutcomeStore(database),
    feedback: createFeedbackStore(database),
  };
}

async function addPair(ports: Ports, instrument: string): Promise<void> {
  const random = createRandom(instrument.length + ENDS.length);
  let mid = 1.3;
  const flat = (price: number) => ({ o: price, h: price, l: price, c: price });
  const bars = ENDS.map((end) => {
    mid *= Math.exp((random() - 0.5) / 500);
    return {
      instrument,
      granularity: "H1" as const,
      start: end - HOUR,
      mid: flat(mid),
      bid: flat(mid * 0.9999),
      ask: flat(mid * 1.0001),
      volume: 1,
    };
  });
  await storeBars(ports, bars);
  for (const view of [...SILVER_VIEWS, GOLD]) {
    await ports.features.register(toRegisteredView(view));
    await ports.features.write(
      instrument,
      referenceOf(view),
      ENDS.map((end) => syntheticRow(view.features.length, end)),
    );
  }
  const names = [...modelFeatureNames(GOLD, instrument)];
  await addVersion(ports, instrument, names, await addSet(ports, instrument, names));
  for (const [index, event_time] of ENDS.entries()) {
    const record = {
      ...{ prediction_id: `pipeline-${instrument}-${index}`, instrument, model_name: modelNameOf(instrument), model_version: "1" },
      ...{ event_time, target_start: event_time, prediction: 0.4 + random() / 5, requested_at: event_time + MINUTE / 6, as_of: null },
      features: names.map(() => random() - 0.5),
    };
    await ports.prediction_log.prepareForecast(record).commit();
  }
}

async function addSet(ports: Ports, instrument: string, feature_names: string[]): Promise<string> {
  const random = createRandom(7);
  const draw = () => Float64Array.from({ length: TRAINING_ROWS }, random);
  const event_time = Float64Array.from({ length: TRAINING_ROWS }, (_, row) => NOW - 35 * DAY - (TRAINING_ROWS - row) * HOUR);
  const parquet = toParquet({
    ...{ instrument, event_time, known_at: event_time, label_end: event_time.map((end) => end + HOUR) },
    ...{ y: draw().map((value) => (value < 0.5 ? 1 : 0)), long_net: draw(), short_net: draw(), feature_names },
    features: feature_names.map(() => draw().map((value) => value - 0.5)),
  });
  const sha256 = sha256Hex(parquet);
  const key = `datasets/${sha256}.parquet`;
  await ports.lake.putOnce(key, parquet, "application/vnd.apache.parquet");
  const times = { first_event_time: event_time[0]!, last_event_time: event_time.at(-1)!, as_of: NOW - 35 * DAY, recorded_until: null };
  await ports.tracking.addDataset({ sha256, key, instrument, rows: TRAINING_ROWS, feature_names, feature_set_hash: "h", ...times });
  return sha256;
}

/** As large as a real one is. */
function evaluationFor(feature_names: readonly string[]) {
  const random = createRandom(3);
  const predictions = Array.from({ length: TRAINING_ROWS }, () => 0.4 + random() / 5);
  const out_of_fold = { rows: predictions.map((_, row) => row), predictions, raw_predictions: predictions };
  return { ...evaluationOf(400), out_of_fold, importance: Object.fromEntries(feature_names.map((name) => [name, random()])) };
}

async function addVersion(ports: Ports, instrument: string, feature_names: string[], dataset: string): Promise<void> {
  const [run_id, name] = [`run-${instrument}`, modelNameOf(instrument)];
  const { source, evaluation } = modelArtifactKeys(run_id);
  const card: ModelCard = {
    ...{ name, instrument, run_id, views: [referenceOf(GOLD)], feature_names, feature_set_hash: featureSetHash([GOLD], feature_names) },
    ...{ horizon_bars: 1, dataset, trained_until: NOW - 35 * DAY, library_version: "3.4.1", seeds: [1], calibration: { kind: "none" } },
    ...{ return_interval: null, format: "xgboost", origin: "here" },
    ...UNJUDGED,
  };
  await ports.lake.putOnce(sourceKeys(source).card, JSON.stringify(card), "application/json");
  await ports.lake.putOnce(evaluation, JSON.stringify(evaluationFor(feature_names)), "application/json");
  const { version } = await ports.tracking.registerVersion(name, run_id, source, NOW - 35 * DAY);
  await ports.tracking.transition(name, version, "Production", NOW - 35 * DAY, "bench", { kind: "pipeline", name: "bench" });
}

async function lookAt(ports: Ports, at: Instant): Promise<void> {
  for (const { step } of dag.tasks) await runSlices(step, ports, { map_key: "", window: { start: at - 15 * MINUTE, end: at } });
}

function rowOf(times: readonly number[]): Measured {
  const timings = timingsOf(times);
  return { label: "a run of all steps, after the first", text: describeTimings(timings), values: { ...timings } };
}
