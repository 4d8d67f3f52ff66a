import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createBarStore } from "../../functions/adapters/libsql/market/barStore.ts";
import { createSchemaProbe } from "../../functions/adapters/libsql/schemaProbe.ts";
import { createPredictionReader } from "../../functions/adapters/libsql/serving/predictionReader.ts";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import { migrateStore } from "../../functions/local/stack/migrateStore.ts";
import { compareSchema, migrationsOf } from "../../shared/domain/schemaVersion.ts";
import { openMemoryDatabase } from "../support/databases/memoryDatabase.ts";
import { openOldStore } from "../support/databases/oldStore.ts";
import { fillTables, readRows, readSchema } from "../support/databases/rowsOfSchema.ts";
import { startSqld } from "../support/databases/sqldProcess.ts";

const ROOT = join(import.meta.dirname, "../..");
const KNOWN = migrationsOf(JSON.parse(readFileSync(join(ROOT, "migrations/meta/_journal.json"), "utf8")));
const EARLIER = KNOWN.slice(0, -1).map(({ tag }) => tag);
/** Counted anew from the rows that they count, with a column more. */
const COUNTED: ReadonlySet<string> = new Set(["prediction_totals"]);
const ROWS = 3;

describe("a store of each schema that was ever released", () => {
  it.each(EARLIER)("%s comes to the schema of today, and keeps what it had", async (tag) => {
    const { database, upgrade } = await openOldStore(tag);
    const { $client } = database;
    const before = await readSchema($client);
    await fillTables($client, ROWS);
    const kept = new Map<string, { readonly columns: readonly string[]; readonly rows: readonly string[] }>();
    const after = await readSchema((await openMemoryDatabase()).$client);
    for (const [table, columns] of before) {
      const stay = columns.map(({ name }) => name).filter((name) => after.get(table)?.some((column) => column.name === name));
      if (!COUNTED.has(table)) kept.set(table, { columns: stay, rows: await readRows($client, table, stay) });
    }
    expect([...kept.values()].every(({ rows }) => rows.length >= ROWS)).toBe(true);
    await upgrade();
    for (const [table, { columns, rows }] of kept) {
      const found = await readRows($client, table, columns);
      expect(
        rows.filter((row) => !found.includes(row)),
        table,
      ).toEqual([]);
    }
    expect(await statementsOf($client)).toEqual(await statementsOf((await openMemoryDatabase()).$client));
    expect(compareSchema(KNOWN, await createSchemaProbe(database).applied())).toEqual({ missing: [], unknown: 0 });
    expect((await $client.execute("PRAGMA integrity_check")).rows.map((row) => row[0])).toEqual(["ok"]);
    $client.close();
  });
});

type Client = Awaited<ReturnType<typeof openMemoryDatabase>>["$client"];

async function statementsOf(client: Client): Promise<string[]> {
  const { rows } = await client.execute("SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS text FROM sqlite_master ORDER BY 1");
  return rows.map((row) => String(row["text"]));
}

describe("a database of a newer version", () => {
  it("is not migrated, and a sentence says what to do", async () => {
    const sqld = await startSqld();
    try {
      await migrateStore(ROOT, sqld.url);
      await sqld.database.$client.execute("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 9999999999999)");
      await expect(migrateStore(ROOT, sqld.url)).rejects.toThrow(
        /^The database at http:\S+ was written by a newer version of fx-medallion \(one migration that this one does not know, whose newest is \w+\)/,
      );
    } finally {
      await sqld.stop();
    }
  });
});

describe("a store of the first release", () => {
  it("answers what is asked of a store today: bars, features, models with their names of now, what was served", async () => {
    const { database, upgrade } = await openOldStore("0000_initial");
    const HOUR = 3_600_000;
    const vector = new Uint8Array(new Float64Array([0.1 + 0.2, Number.NaN]).buffer);
    const rows: readonly (readonly [string, Readonly<Record<string, string | number | Uint8Array | null>>])[] = [
      ["store_facts", { key: "market", value: "real" }],
      ["bars", { ...bar(HOUR), object_key: "bronze/a" }],
      [
        "feature_views",
        { view: "market_features", schema_hash: "h", ttl_ms: HOUR, features: '[{"name":"a","version":1,"lookback_bars":1}]' },
      ],
      [
        "feature_rows",
        {
          entity: "USD_SGD",
          view: "market_features",
          schema_hash: "h",
          event_time: HOUR,
          created_time: HOUR,
          available_at: HOUR,
          ingested_at: 2 * HOUR,
          vector,
        },
      ],
      [
        "datasets",
        {
          sha256: "d",
          key: "datasets/d.parquet",
          instrument: "USD_SGD",
          rows: 1,
          first_event_time: 1,
          last_event_time: 2,
          as_of: 3,
          feature_set_hash: "f",
          feature_names: '["a"]',
        },
      ],
      [
        "experiments",
        { experiment_id: 1, name: "direction_h1", artifact_location: "mlflow-artifacts:/1", creation_time: 5, last_update_time: 5 },
      ],
      [
        "runs",
        {
          run_id: "r",
          experiment_id: 1,
          run_name: "n",
          status: "FINISHED",
          start_time: 5,
          end_time: 6,
          artifact_uri: "models/r/artifacts",
        },
      ],
      ["run_tags", { run_id: "r", key: "instrument", value: "USD_SGD" }],
      ["run_metrics", { run_id: "r", key: "accuracy", step: 0, timestamp: 5, value: 0.1 + 0.2 }],
      ["registered_models", { name: "USD_SGD_direction_h1", creation_timestamp: 5, last_updated_timestamp: 5 }],
      [
        "model_versions",
        {
          name: "USD_SGD_direction_h1",
          version: 1,
          run_id: "r",
          source: "models/r/artifacts/model",
          current_stage: "Production",
          creation_timestamp: 5,
          last_updated_timestamp: 6,
        },
      ],
      [
        "model_transitions",
        {
          name: "USD_SGD_direction_h1",
          version: 1,
          from_stage: "Staging",
          to_stage: "Production",
          effective_at: 6,
          reason: "passed its checks in v",
        },
      ],
      [
        "predictions",
        {
          prediction_id: "p",
          instrument: "USD_SGD",
          model_name: "USD_SGD_direction_h1",
          model_version: "1",
          event_time: HOUR,
          target_start: HOUR,
          prediction: 0.1 + 0.2,
          requested_at: 2 * HOUR,
          as_of: null,
          features: vector,
        },
      ],
    ];
    for (const [table, row] of rows) {
      const names = Object.keys(row);
      await database.$client.execute({
        sql: `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
        args: Object.values(row),
      });
    }
    await upgrade();
    const clock = { now: () => 10 * HOUR };
    const tracking = createTracking(database, clock);
    const NAME = "fx-usdsgd-predictor";
    expect(await tracking.productionAt(NAME, 7)).toMatchObject({ name: NAME, version: "1", run_id: "r" });
    expect(await tracking.transitions(NAME)).toMatchObject([
      { to_stage: "Production", by: { kind: "pipeline", name: "model_validation" } },
    ]);
    expect(await tracking.dataset("d")).toMatchObject({ key: "datasets/d.parquet", recorded_until: null });
    const bars = createBarStore(database);
    expect([await bars.market(), await bars.lastStart("USD_SGD", "H1")]).toEqual(["real", HOUR]);
    const features = createFeatureStore(database, clock);
    const row = await features.latest("USD_SGD", { view: "market_features", schema_hash: "h" }, 3 * HOUR);
    expect([row?.event_time, [...(row?.values ?? [])]]).toEqual([HOUR, [0.1 + 0.2, Number.NaN]]);
    const served = await createPredictionReader(database).find("p");
    expect(served).toMatchObject({ prediction_id: "p", prediction: 0.1 + 0.2 });
    database.$client.close();
  });
});

function bar(start: number) {
  const prices = Object.fromEntries(
    ["o", "h", "l", "c"].flatMap((letter) => [
      [`mid_${letter}`, 1.3],
      [`bid_${letter}`, 1.2],
      [`ask_${letter}`, 1.4],
    ]),
  );
  return {
    instrument: "USD_SGD",
    granularity: "H1",
    start,
    event_time: start,
    available_at: start,
    ingested_at: start,
    ...prices,
    volume: 3,
  };
}
