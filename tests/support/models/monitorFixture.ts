import { createPredictionLog } from "../../../functions/adapters/libsql/serving/predictionLog.ts";
import { toParquet } from "../../../functions/pipelines/training/trainingSetParquet.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { HOUR, type Instant } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { modelFeatureNames } from "../../../shared/features/modelFeatures.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import type { PredictionRecord, PredictionSource } from "../../../shared/ports/predictionLog.ts";
import type { TestPorts } from "../ports/testPorts.ts";
import { GOLD } from "./servingFixture.ts";

/** Ends of the open hours before `until`, the last `count` of them, ascending. */
export function openHourEnds(until: Instant, count: number): Instant[] {
  const ends: Instant[] = [];
  for (let end = Math.floor(until / HOUR) * HOUR; ends.length < count; end -= HOUR) if (isMarketOpen(end - HOUR)) ends.unshift(end);
  return ends;
}

/** Hourly bars with the given moves of mid (log returns), the last of which ends at `until`; the spread is `spread` of mid. */
export function barsWithMoves(instrument: string, until: Instant, moves: readonly number[], spread = 0.000_1): Bar[] {
  let close = 1.35;
  return openHourEnds(until, moves.length).map((end, i) => {
    const open = close;
    close *= Math.exp(moves[i]!);
    const ohlc = (factor: number) => ({
      o: open * factor,
      h: Math.max(open, close) * factor,
      l: Math.min(open, close) * factor,
      c: close * factor,
    });
    const half = Math.exp(spread / 2);
    return { instrument, granularity: "H1", start: end - HOUR, mid: ohlc(1), bid: ohlc(1 / half), ask: ohlc(half), volume: 10 };
  });
}

/**
 * A training set of USD_SGD's model features and of some more, each drawn from [0, 1), with `y` 1 for the given share of rows; in the lake
 * and the registry.
 */
export async function addTrainingSet(
  ports: TestPorts,
  until: Instant,
  rows: number,
  base_rate = 0.5,
  more: readonly string[] = [],
): Promise<string> {
  const random = createRandom(7);
  const feature_names = [...modelFeatureNames(GOLD, "USD_SGD"), ...more];
  const draw = () => Float64Array.from({ length: rows }, random);
  const event_time = Float64Array.from(openHourEnds(until, rows));
  const set: TrainingSet = {
    instrument: "USD_SGD",
    event_time,
    known_at: event_time,
    label_end: event_time.map((end) => end + HOUR),
    y: Float64Array.from({ length: rows }, (_, row) => ((row + 1) * base_rate - Math.floor(row * base_rate) >= 1 ? 1 : 0)),
    long_net: draw(),
    short_net: draw(),
    feature_names,
    features: feature_names.map(draw),
  };
  const parquet = toParquet(set);
  const sha256 = sha256Hex(parquet);
  const key = `datasets/${sha256}.parquet`;
  await ports.lake.putOnce(key, parquet, "application/vnd.apache.parquet");
  const [first_event_time, last_event_time] = [event_time[0]!, event_time[rows - 1]!];
  const times = { first_event_time, last_event_time, as_of: until, recorded_until: null, feature_set_hash: "h" };
  await ports.tracking.addDataset({ sha256, key, instrument: "USD_SGD", rows, feature_names, ...times });
  return sha256;
}

let ids = 0;

/** A prediction of USD_SGD, made five minutes after the bar's end unless said otherwise. */
export function servedAnswer(event_time: Instant, prediction: number, over: Partial<PredictionRecord> = {}): PredictionRecord {
  return {
    prediction_id: `served-${++ids}`,
    instrument: "USD_SGD",
    model_name: modelNameOf("USD_SGD"),
    model_version: "1",
    event_time,
    target_start: event_time,
    prediction: Math.fround(prediction),
    requested_at: event_time + HOUR / 12,
    as_of: null,
    features: [null],
    ...over,
  };
}

/** Logs predictions as the pipeline's own, unless they were asked for by users. */
export async function logAnswers(
  ports: TestPorts,
  records: readonly PredictionRecord[],
  source: PredictionSource = "pipeline",
): Promise<void> {
  if (source === "user") return createPredictionLog(ports.database).append(records);
  for (const record of records) await ports.prediction_log.prepareForecast(record).commit();
}
