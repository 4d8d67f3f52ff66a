import { createDatabase } from "../../functions/adapters/libsql/database.ts";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createBarStore } from "../../functions/adapters/libsql/market/barStore.ts";
import { goldViewOf } from "../../functions/pipelines/common/goldViewOf.ts";
import { readSeries } from "../../functions/pipelines/common/readSeries.ts";
import { toParquet } from "../../functions/pipelines/training/trainingSetParquet.ts";
import { DAY } from "../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../shared/domain/instrument.ts";
import { assembleTrainingSet } from "../../shared/features/trainingSet.ts";

/** What the parent writes, and this process reads back. */
export const INSTRUMENT = "USD_SGD";
export const END = Date.UTC(2026, 0, 7, 12);
/** Walks of prices without a tie label every bar but the last. */
export const ROWS = 8_760;
export const VIEW = goldViewOf({ instruments: DEFAULT_INSTRUMENTS });
export const VIEW_KEY = { view: VIEW.name, schema_hash: VIEW.schema_hash };

export interface PointInTimeResult {
  readonly rows: number;
  readonly features: number;
  readonly parquet_bytes: number;
  /** The first time is that of a process that has just started. */
  readonly times_ms: readonly number[];
  /** Highest resident memory after all repetitions, less what the process had before the first. */
  readonly rss_growth_mb: number;
}

const REPETITIONS = 6;

async function retrieve(url: string): Promise<{ rows: number; features: number; parquet_bytes: number }> {
  const database = createDatabase(url);
  const features = createFeatureStore(database, { now: () => END });
  const window = { start: END - 600 * DAY, end: END };
  const [bars, rows] = await Promise.all([
    readSeries(createBarStore(database), INSTRUMENT, window, 1),
    features.read(INSTRUMENT, VIEW_KEY, window, END),
  ]);
  const set = assembleTrainingSet({ instrument: INSTRUMENT, bars, views: [{ view: VIEW, rows }], horizon_bars: 1, as_of: END });
  return { rows: set.y.length, features: set.feature_names.length, parquet_bytes: toParquet(set).length };
}

async function measure(url: string): Promise<PointInTimeResult> {
  const before = process.memoryUsage.rss();
  const times_ms: number[] = [];
  let last = { rows: 0, features: 0, parquet_bytes: 0 };
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const began = performance.now();
    last = await retrieve(url);
    times_ms.push(performance.now() - began);
  }
  // maxRSS is in kilobytes, the highest since the process began.
  const rss_growth_mb = process.resourceUsage().maxRSS / 1_024 - before / 2 ** 20;
  return { ...last, times_ms, rss_growth_mb };
}

if (import.meta.main) console.log(JSON.stringify(await measure(process.argv[2] ?? "")));
