import { createHash } from "node:crypto";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { createDatabase } from "../../functions/adapters/libsql/database.ts";
import { readRunFile } from "../../functions/local/runFile.ts";

/** Tables by name, each with its rows as sorted JSON lines; blobs are in base64. */
export type TableSnapshot = Readonly<Record<string, readonly string[]>>;

/** What says when something was done, and not what: the one thing in which two equal histories may differ. */
const WHEN: Readonly<Record<string, readonly string[]>> = {
  bars: ["ingested_at"],
  rejects: ["ingested_at"],
  bronze_objects: ["ingested_at", "validated_at"],
  feature_rows: ["ingested_at"],
  dag_runs: ["queued_at", "start_date", "end_date"],
  // Order between instruments, which train side by side.
  model_transitions: ["sequence"],
};
const TABLES = [
  "bars",
  "rejects",
  "bronze_objects",
  "feature_views",
  "feature_rows",
  "feature_progress",
  "datasets",
  "experiments",
  "runs",
  "run_params",
  "run_metrics",
  "run_tags",
  "registered_models",
  "model_versions",
  "model_version_tags",
  "model_transitions",
  "dag_runs",
] as const;

/** Everything that the market path keeps in libSQL, from the sqld of the stack that runs on the store. */
export async function snapshotTables(store: string): Promise<TableSnapshot> {
  const port = readRunFile(store)?.ports["sqld"];
  const { $client: client } = createDatabase(`http://127.0.0.1:${port}`);
  const tables: Record<string, string[]> = {};
  for (const table of TABLES) {
    const { rows, columns } = await client.execute(`SELECT * FROM ${table}`);
    const kept = columns.flatMap((column, index) => (WHEN[table]?.includes(column) ? [] : [[column, index] as const]));
    tables[table] = rows
      .map((row) => JSON.stringify(Object.fromEntries(kept.map(([column, index]) => [column, toText(row[index])]))))
      .sort();
  }
  return tables;
}

function toText(value: unknown): unknown {
  return value instanceof ArrayBuffer ? Buffer.from(value).toString("base64") : value;
}

/** The lake's objects (key to the SHA-256 of the content) and the online store's values, of a store that nobody runs. */
export interface ObjectSnapshot {
  readonly lake: Readonly<Record<string, string>>;
  readonly online: Readonly<Record<string, string>>;
}

export async function snapshotObjects(store: string): Promise<ObjectSnapshot> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "export default { fetch() { return new Response(null, { status: 404 }); } };",
      compatibilityDate: "2026-01-01",
      // Ids as in wrangler.toml, and the folder that wrangler dev uses under --persist-to.
      r2Buckets: { LAKE: "fx-medallion-lake" },
      kvNamespaces: { ONLINE: "fx-medallion-online" },
      resourcePersistencePath: join(store, "worker", "v3"),
      cf: false,
    }),
  );
  try {
    await miniflare.ready;
    return { lake: await readLake(miniflare), online: await readOnline(miniflare) };
  } finally {
    await miniflare.dispose();
  }
}

async function readLake(miniflare: Miniflare): Promise<Record<string, string>> {
  const bucket = await miniflare.getR2Bucket("LAKE");
  const found: Record<string, string> = {};
  for (const { key } of (await bucket.list()).objects) {
    const object = await bucket.get(key);
    const bytes = Buffer.from((await object?.arrayBuffer()) ?? new ArrayBuffer(0));
    found[key] = createHash("sha256").update(withoutSeconds(key, bytes)).digest("hex");
  }
  return found;
}

/** The sidecar's answer says how long the training took. */
function withoutSeconds(key: string, bytes: Buffer): Buffer | string {
  if (!key.endsWith("training_result.json")) return bytes;
  const { seconds: _seconds, ...result } = JSON.parse(bytes.toString()) as { seconds: number };
  return JSON.stringify(result);
}

async function readOnline(miniflare: Miniflare): Promise<Record<string, string>> {
  const namespace = await miniflare.getKVNamespace("ONLINE");
  const { keys } = await namespace.list();
  const values = await Promise.all(keys.map(async ({ name }) => [name, (await namespace.get(name)) ?? ""] as const));
  return Object.fromEntries(values);
}

/** How two tables differ, in one short sentence; null when they do not. */
export function differenceOf(expected: readonly string[], found: readonly string[]): string | null {
  const [wanted, got] = [new Set(expected), new Set(found)];
  const missing = expected.filter((line) => !got.has(line));
  const extra = found.filter((line) => !wanted.has(line));
  if (missing.length === 0 && extra.length === 0 && expected.length === found.length) return null;
  const show = (lines: readonly string[]) => lines[0]?.slice(0, 400) ?? "none";
  return `${expected.length} rows, found ${found.length}; ${missing.length} missing, first ${show(missing)}; ${extra.length} extra, first ${show(extra)}`;
}
