import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createFeatureStore } from "../../../functions/adapters/libsql/features/featureStore.ts";
import { createBarStore } from "../../../functions/adapters/libsql/market/barStore.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { type SqldProcess, startSqld } from "../../support/databases/sqldProcess.ts";
import { walkUntil } from "../../support/market/candleLines.ts";
import { benchOf } from "../checkout.ts";
import { digits, timingsOf } from "../figures.ts";
import { END, INSTRUMENT, type PointInTimeResult, ROWS, VIEW, VIEW_KEY } from "../pointInTimeChild.ts";
import type { Measured, Section } from "../section.ts";
import { syntheticRow } from "../syntheticRows.ts";

const CHILD = fileURLToPath(new URL("../pointInTimeChild.ts", import.meta.url));
/** Without the count of features, which another checkout may have more or fewer of. */
const LABEL = `${ROWS.toLocaleString("en")} rows of the market's features`;
const NODE_FLAGS = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];

export const pointInTime: Section = {
  name: "point-in-time",
  work: "point-in-time retrieval, 8,760 rows x 50+ features",
  note: "real sqld to Parquet bytes, in a process of its own",
  peer: "Feast 18 s, 4 GB for 516 rows; merge_asof 0.02 s",
  budget: "< 0.5 s, < 200 MB",
  run: async () => {
    const sqld = await startSqld();
    try {
      await writeHistory(sqld);
      const { stdout } = await promisify(execFile)(process.execPath, [...NODE_FLAGS, CHILD, sqld.url]);
      return [measuredOf(JSON.parse(stdout) as PointInTimeResult)];
    } finally {
      await sqld.stop();
    }
  },
  runIn: async (checkout) => (await benchOf(checkout, "point-in-time")).map((row) => ({ ...row, label: LABEL })),
};

/** One bar more than rows: the last one has no label yet. */
async function writeHistory({ database }: SqldProcess): Promise<void> {
  const bars = walkUntil(INSTRUMENT, END, ROWS + 1, 1);
  const rows = bars.map((bar) => syntheticRow(VIEW.features.length, bar.start + HOUR));
  const clock = { now: () => END };
  await createBarStore(database).write({
    object_key: "bench",
    bars,
    lines: bars.map((_bar, index) => index + 1),
    rejects: [],
    ingested_at: END,
  });
  await createFeatureStore(database, clock).write(INSTRUMENT, VIEW_KEY, rows);
}

function measuredOf({ rows, features, parquet_bytes, times_ms, rss_growth_mb }: PointInTimeResult): Measured {
  const [first_ms = Number.NaN, ...rest] = times_ms;
  const { p50_ms } = timingsOf(rest);
  return {
    label: LABEL,
    text: `${rows.toLocaleString("en")} x ${features}: ${digits(first_ms / 1_000)} s the first time, ${digits(p50_ms / 1_000)} s after; peak RSS +${digits(rss_growth_mb)} MB; ${digits(parquet_bytes / 1e6)} MB out`,
    values: { rows, features, parquet_bytes, first_ms, p50_ms, rss_growth_mb },
  };
}
