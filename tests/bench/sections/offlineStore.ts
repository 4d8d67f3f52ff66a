import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createFeatureStore } from "../../../functions/adapters/libsql/features/featureStore.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { type SqldProcess, startSqld } from "../../support/databases/sqldProcess.ts";
import { OFFLINE_END, OFFLINE_REFERENCE, OFFLINE_VIEW, type OfflineResult } from "../children/offlineStore.ts";
import { cpuOfTree } from "../cpuOfTree.ts";
import { digits, timingsOf } from "../figures.ts";
import { measureMergeAsof } from "../mergeAsofPeer.ts";
import { PYTHON_VARIABLE } from "../pandasPeer.ts";
import type { Measured, Section } from "../section.ts";
import { syntheticRows } from "../syntheticRows.ts";

const CHILD = fileURLToPath(new URL("../children/offlineStore.ts", import.meta.url));
const NODE_FLAGS = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];
const YEAR = 8_760;
const DECADE = 87_600;
const PAIRS = Array.from({ length: 10 }, (_, index) => `A${String.fromCharCode(65 + index)}A_USD`);
const REPETITIONS = 20;

export const offlineStore: Section = {
  name: "offline-store",
  work: "historical features of 50 features, 8,760 rows, and 87,600 of each of 10 pairs",
  note: `real sqld, read in a process of its own; CPU of that process, and of sqld beside it. ${PYTHON_VARIABLE}: pandas reads and joins the same from Parquet`,
  peer: "merge_asof from Parquet",
  budget: "<= 1.5 x its CPU; 876,000 rows < 6 s, < 400 MB",
  run: async () => {
    const sqld = await startSqld();
    try {
      await writeHistory(sqld, [PAIRS[0]!], YEAR);
      const columns = await read(sqld, [PAIRS[0]!], YEAR, "columns", REPETITIONS);
      const python = process.env[PYTHON_VARIABLE];
      const peer = python === undefined ? [] : [peerRow(await measureMergeAsof(python, YEAR, REPETITIONS))];
      await writeHistory(sqld, PAIRS, DECADE);
      const decade = await read(sqld, PAIRS, DECADE, "parquet", 1);
      return [rowOf("a year of a pair", columns), ...peer, rowOf("ten years of ten pairs, to Parquet", decade)];
    } finally {
      await sqld.stop();
    }
  },
};

async function writeHistory({ database }: SqldProcess, pairs: readonly string[], rows: number): Promise<void> {
  const store = createFeatureStore(database, { now: () => OFFLINE_END });
  for (let left = rows; left > 0; left -= YEAR) {
    const made = syntheticRows(OFFLINE_VIEW.features.length, OFFLINE_END - left * HOUR, Math.min(YEAR, left));
    for (const pair of pairs) await written(() => store.write(pair, OFFLINE_REFERENCE, made));
  }
}

/** A bulk write meets sqld's own checkpoints, and is sent again, as a step of a pipeline is. */
async function written(write: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof AppError && error.retryable) || tries > 50) throw error;
    }
  }
}

type Read = OfflineResult & { readonly sqld_cpu_ms: number };

async function read({ url }: SqldProcess, pairs: readonly string[], rows: number, form: string, repetitions: number): Promise<Read> {
  const [tree, own] = [cpuOfTree(), process.cpuUsage()];
  const args = [...NODE_FLAGS, CHILD, url, pairs.join(","), String(rows), form, String(repetitions)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { user, system } = process.cpuUsage(own);
  return { ...(JSON.parse(stdout) as OfflineResult), sqld_cpu_ms: (cpuOfTree() - tree - (user + system) / 1_000) / repetitions };
}

function rowOf(label: string, { rows, times_ms, cpu_ms, rss_mb, peak_rss_mb, sqld_cpu_ms }: Read): Measured {
  const [time, cpu] = [medianAfterFirst(times_ms), medianAfterFirst(cpu_ms)];
  return {
    label,
    text: `${rows.toLocaleString("en")} rows: ${digits(time / 1_000)} s, CPU ${digits(cpu)} ms (first ${digits(cpu_ms[0]!)}, least ${digits(Math.min(...cpu_ms))}), of sqld ${digits(sqld_cpu_ms)}; peak RSS ${digits(peak_rss_mb)} MB, ${digits(rss_mb)} of them before`,
    values: {
      rows,
      time_ms: time,
      cpu_ms: cpu,
      first_cpu_ms: cpu_ms[0]!,
      least_cpu_ms: Math.min(...cpu_ms),
      sqld_cpu_ms,
      peak_rss_mb,
      rss_mb,
    },
  };
}

function peerRow({ rows, times_ms, cpu_ms, peak_rss_mb }: Awaited<ReturnType<typeof measureMergeAsof>>): Measured {
  const [time, cpu] = [medianAfterFirst(times_ms), medianAfterFirst(cpu_ms)];
  return {
    label: "merge_asof, a year of a pair",
    text: `${rows.toLocaleString("en")} rows: ${digits(time / 1_000)} s, CPU ${digits(cpu)} ms (first ${digits(cpu_ms[0]!)}); peak RSS ${digits(peak_rss_mb)} MB`,
    values: { rows, time_ms: time, cpu_ms: cpu, first_cpu_ms: cpu_ms[0]!, peak_rss_mb },
  };
}

/** The first is that of a process that has just started; of one time, that. */
function medianAfterFirst(figures: readonly number[]): number {
  return timingsOf(figures.length > 1 ? figures.slice(1) : figures).p50_ms;
}
