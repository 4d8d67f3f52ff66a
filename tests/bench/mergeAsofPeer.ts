import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { HOUR } from "../../shared/domain/instant.ts";
import { encodeParquet } from "../../shared/historical/encodeParquet.ts";
import { createEntityRows } from "../../shared/historical/entityRows.ts";
import type { FeatureTable } from "../../shared/historical/featureBlock.ts";
import { OFFLINE_END, OFFLINE_VIEW, offlineTable } from "./children/offlineStore.ts";
import { syntheticRows } from "./syntheticRows.ts";

const SCRIPT = fileURLToPath(new URL("peers/mergeAsof.py", import.meta.url));
const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
const answerSchema = z.object({
  rows: z.int(),
  times_ms: z.array(z.number()).min(2),
  cpu_ms: z.array(z.number()).min(2),
  peak_rss_mb: z.number(),
});

/** What pandas takes to read rows and moments from Parquet files, and to join them by merge_asof: those that ours are joined of. */
export async function measureMergeAsof(python: string, rows: number, repetitions: number) {
  const folder = await mkdtemp(join(tmpdir(), "fx-bench-"));
  try {
    const [features, entities] = [join(folder, "features.parquet"), join(folder, "entities.parquet")];
    await writeFile(features, featureFile(rows));
    await writeFile(entities, written({ ...offlineTable(["USD_SGD"], rows), selection: { feature_set_hash: "", features: [] } }, rows, []));
    const args = [SCRIPT, features, entities, String(repetitions)];
    const { stdout } = await promisify(execFile)(python, args, { env: { ...process.env, ...ONE_THREAD } });
    return answerSchema.parse(JSON.parse(stdout));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function featureFile(rows: number): Uint8Array {
  const values = syntheticRows(OFFLINE_VIEW.features.length, OFFLINE_END - rows * HOUR, rows);
  const made = createEntityRows(rows, (moment) => moment as number);
  for (const { event_time } of values) made.add("USD_SGD", event_time, (column) => column);
  const columns = OFFLINE_VIEW.features.map((_feature, place) => Float64Array.from(values, (row) => row.values[place]!));
  return written({ ...offlineTable([], 0), entities: made.rows() }, rows, columns);
}

function written(table: FeatureTable, rows: number, columns: readonly Float64Array[]): Uint8Array {
  const encoder = encodeParquet(table);
  return Buffer.concat([...encoder.block({ from: 0, to: rows, columns }), encoder.end()]);
}
