import { createDatabase } from "../../../functions/adapters/libsql/database.ts";
import { createFeatureStore } from "../../../functions/adapters/libsql/features/featureStore.ts";
import { historicalFeatures } from "../../../functions/serving/historicalFeatures.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import type { ViewFeature, ViewSchema } from "../../../shared/features/viewSchema.ts";
import { encodeParquet } from "../../../shared/historical/encodeParquet.ts";
import { createEntityRows } from "../../../shared/historical/entityRows.ts";
import type { FeatureTable } from "../../../shared/historical/featureBlock.ts";

/** What the parent writes, and this process reads back. */
export const OFFLINE_END = Date.UTC(2026, 0, 7, 12);
const FEATURES = 50;
export const OFFLINE_VIEW: ViewSchema = {
  name: "offline_bench",
  schema_hash: "bench",
  about: { description: "Rows of a bench.", owner: "bench", tags: {} },
  source: "bars",
  when_missing: "nulls",
  ttl_ms: 2 * HOUR,
  market_hours: false,
  features: Array.from({ length: FEATURES }, (_, index): ViewFeature => {
    const about = { description: "Of a bench.", formula: null, lookback_bars: 1, warm_up_bars: 1, leg: null };
    return { name: `f_${index}`, version: 1, unit: "ratio", ...about };
  }),
};

export const OFFLINE_REFERENCE = { view: OFFLINE_VIEW.name, schema_hash: OFFLINE_VIEW.schema_hash };

export interface OfflineResult {
  readonly rows: number;
  readonly bytes: number;
  /** The first is that of a process that has just started. */
  readonly times_ms: readonly number[];
  readonly cpu_ms: readonly number[];
  /** Before the first, and at most. */
  readonly rss_mb: number;
  readonly peak_rss_mb: number;
}

/** A moment after each of the last `rows` hours, of each instrument in turn. */
export function offlineTable(instruments: readonly string[], rows: number): FeatureTable {
  const entities = createEntityRows(instruments.length * rows, (moment) => moment as number);
  for (const instrument of instruments) {
    for (let row = 0; row < rows; row++) entities.add(instrument, OFFLINE_END - (rows - 1 - row) * HOUR + 60_000, (column) => column);
  }
  const features = OFFLINE_VIEW.features.map(({ name }, position) => ({ column: name, view: OFFLINE_VIEW, position }));
  return { entities: entities.rows(), selection: { feature_set_hash: "bench", features } };
}

/** Retrieves all rows; `to_parquet`: and writes them as Parquet, piece by piece, which nobody keeps. */
async function retrieve(url: string, table: FeatureTable, to_parquet: boolean): Promise<number> {
  const features = createFeatureStore(createDatabase(url), { now: () => OFFLINE_END });
  const encoder = encodeParquet(table);
  let bytes = 0;
  for await (const block of historicalFeatures({ features }, table, Number.MAX_SAFE_INTEGER)) {
    if (to_parquet) for (const piece of encoder.block(block)) bytes += piece.length;
    else bytes += block.columns.reduce((sum, column) => sum + column.byteLength, 0);
  }
  return bytes + (to_parquet ? encoder.end().length : 0);
}

async function measure(url: string, instruments: readonly string[], rows: number, to_parquet: boolean, repetitions: number) {
  const rss_mb = process.memoryUsage.rss() / 2 ** 20;
  const table = offlineTable(instruments, rows);
  const [times_ms, cpu_ms]: [number[], number[]] = [[], []];
  let bytes = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    bytes = await retrieve(url, table, to_parquet);
    const { user, system } = process.cpuUsage(cpu);
    times_ms.push(performance.now() - began);
    cpu_ms.push((user + system) / 1_000);
  }
  return {
    rows: table.entities.length,
    bytes,
    times_ms,
    cpu_ms,
    rss_mb,
    peak_rss_mb: process.resourceUsage().maxRSS / 1_024,
  } satisfies OfflineResult;
}

if (import.meta.main) {
  const [url = "", instruments = "", rows = "", form = "", repetitions = ""] = process.argv.slice(2);
  console.log(JSON.stringify(await measure(url, instruments.split(","), Number(rows), form === "parquet", Number(repetitions))));
}
