import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { MARKET_TECHNICAL } from "../../../shared/features/registry.ts";
import { encodeParquet } from "../../../shared/historical/encodeParquet.ts";
import { createEntityRows } from "../../../shared/historical/entityRows.ts";
import { readEntityParquet } from "../../../shared/historical/readEntityParquet.ts";
import { TIME_LIMIT_MS } from "../../support/timeLimits.ts";

/** A Python with the packages of tests/clients/requirements.txt; .ci/run makes one. */
const PYTHON = process.env["FX_TEST_PYTHON"] ?? "python3";
const script = (name: string) => join(import.meta.dirname, "../../clients", name);
const T0 = Date.UTC(2025, 5, 25);

function hasPackages(): boolean {
  try {
    execFileSync(PYTHON, ["-c", "import pandas, polars, pyarrow, duckdb"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`${PYTHON} lacks pandas, polars, pyarrow or duckdb: what they make of an export is not looked at.`);
    return false;
  }
}

function fileOf(moments: readonly number[], columns: Readonly<Record<string, readonly number[]>>, row_groups = 1): Uint8Array {
  const rows = createEntityRows(100_000, (moment) => moment as number);
  for (const moment of moments) rows.add("USD_SGD", moment, (column) => column);
  const features = Object.keys(columns).map((column, position) => ({ column, view: MARKET_TECHNICAL, position }));
  const encoder = encodeParquet({ entities: rows.rows(), selection: { feature_set_hash: "h", features } });
  const size = Math.ceil(moments.length / row_groups);
  const pieces = Array.from({ length: row_groups }, (_, i) => {
    const [from, to] = [i * size, Math.min((i + 1) * size, moments.length)];
    return [...encoder.block({ from, to, columns: Object.values(columns).map((values) => Float64Array.from(values.slice(from, to))) })];
  });
  return Buffer.concat([...pieces.flat(), encoder.end()]);
}

describe.skipIf(!hasPackages())("an export in pandas, Polars, DuckDB and pyarrow", () => {
  const folder = mkdtempSync(join(tmpdir(), "fx-parquet-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    "has equal types, times with their zone, right statistics, and is joined as-of without a cast",
    () => {
      const [nan, hours] = [Number.NaN, (i: number) => T0 + i * HOUR];
      const columns = {
        mixed: [0.25, nan, 0.75, 1, nan, 2],
        whole: [1, 2, 3, 4, 5, 6],
        nothing: [nan, nan, nan, nan, nan, nan],
        zeros: [0, -0, 0, 0, -0, 0],
        late: [nan, nan, nan, nan, nan, 7.5],
      };
      writeFileSync(join(folder, "f.parquet"), fileOf([0, 1, 2, 3, 4, 5].map(hours), columns, 2));
      // Between the rows of the features, to the microsecond.
      writeFileSync(join(folder, "e.parquet"), fileOf([hours(-1), hours(0), hours(2) - 0.001, hours(2) + 0.001, hours(9)], {}));
      const said = JSON.parse(
        execFileSync(PYTHON, [script("openFeatures.py"), join(folder, "f.parquet"), join(folder, "e.parquet")], { encoding: "utf8" }),
      );
      expect(said.pyarrow).toEqual(["string", "timestamp[us, tz=UTC]", ...Object.keys(columns).map(() => "double")]);
      expect(said.pandas.slice(1)).toEqual(["datetime64[us, UTC]", ...Object.keys(columns).map(() => "float64")]);
      expect(said.polars.slice(1)).toEqual(["Datetime(time_unit='us', time_zone='UTC')", ...Object.keys(columns).map(() => "Float64")]);
      expect(said.duckdb).toEqual(["VARCHAR", "TIMESTAMP WITH TIME ZONE", ...Object.keys(columns).map(() => "DOUBLE")]);
      expect(said.nulls).toEqual([0, 0, 2, 0, 6, 0, 5]);
      expect(said.first_time).toBe("2025-06-25T00:00:00+00:00");
      expect(said.row_groups).toBe(2);
      expect(said.bounds).toEqual([
        [0.25, 0.75, 1],
        [1, 3, 0],
        [null, null, 3],
        [-0, 0, 0],
        [null, null, 3],
      ]);
      expect(said.above).toEqual([3, 3, 3, 3]);
      const joined = [null, 0.25, null, 0.75, 2];
      expect(said.joined).toEqual([joined, joined, joined]);
    },
    TIME_LIMIT_MS,
  );

  it(
    "takes the rows that each of them writes, and says what is wrong with those that it does not take",
    async () => {
      const written = mkdtempSync(join(folder, "rows-"));
      execFileSync(PYTHON, [script("writeEntities.py"), written]);
      const names = readdirSync(written);
      expect(names).toHaveLength(13);
      const NOON = T0 + 12 * HOUR;
      for (const name of names.filter((one) => !one.startsWith("refused"))) {
        const { instruments, instrument, event_time } = await readEntityParquet(readFileSync(join(written, name)), 10);
        const rows = Array.from(event_time, (moment, i) => [instruments[instrument[i]!], moment]);
        expect(rows, name).toEqual([
          ["USD_SGD", NOON + 0.001],
          ["EUR_USD", T0 - 17 * HOUR],
          ["USD_SGD", NOON - 1],
        ]);
      }
      const refusalOf = (name: string) =>
        readEntityParquet(readFileSync(join(written, `refused_${name}.parquet`)), 10).catch((error: Error) => error.message);
      expect(await refusalOf("naive")).toMatch(/^column "event_timestamp": has times without a zone/);
      expect(await refusalOf("gzip")).toMatch(/GZIP/);
      expect(await refusalOf("numbers")).toMatch(/^column "event_timestamp": is of type INT64/);
    },
    TIME_LIMIT_MS,
  );
});
