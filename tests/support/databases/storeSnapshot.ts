import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Client } from "@libsql/client";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { TABLE_RULES } from "./comparedTables.ts";
import { databaseOf } from "./databaseOf.ts";

/** Tables by name, each with its rows as sorted JSON lines; blobs are in base64. */
export type TableSnapshot = Readonly<Record<string, readonly string[]>>;

const TABLES =
  "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'libsql\\_%' ESCAPE '\\' ORDER BY name";

/** Every table of the libSQL of the stack that runs on the store but for what comparedTables.ts leaves out, or `only` some. */
export async function snapshotTables(store: string, only?: readonly string[]): Promise<TableSnapshot> {
  const { $client: client } = databaseOf(store);
  const tables: Record<string, string[]> = {};
  for (const row of (await client.execute(TABLES)).rows) {
    const name = String(row[0]);
    if (only === undefined ? TABLE_RULES[name]?.left_out === undefined : only.includes(name)) tables[name] = await readTable(client, name);
  }
  return tables;
}

const IS_LOOSE = "is_loose";

/** The rows of one table as they are compared (comparedTables.ts). */
export async function readTable(client: Client, table: string): Promise<string[]> {
  const { rows: some, columns: ignored = {}, named = {}, loose } = TABLE_RULES[table] ?? {};
  const where = some === undefined ? "" : ` WHERE NOT (${some.except})`;
  const names = Object.entries(named).map(([name, expression]) => `, ${expression} AS ${name}`);
  const { rows, columns } = await client.execute(
    `SELECT *${names.join("")}, ${loose?.where ?? "0"} AS ${IS_LOOSE} FROM "${table}"${where}`,
  );
  return rows
    .map((row) => {
      const isCompared = (column: string) =>
        column !== IS_LOOSE && !(column in ignored) && !(row[IS_LOOSE] === 1 && loose?.columns.includes(column));
      return JSON.stringify(Object.fromEntries(columns.filter(isCompared).map((column) => [column, toText(row[column])])));
    })
    .sort();
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

/** What /health writes to see whether it can. */
const WRITE_PROBE = "health/write_probe";

async function readLake(miniflare: Miniflare): Promise<Record<string, string>> {
  const bucket = await miniflare.getR2Bucket("LAKE");
  const found: Record<string, string> = {};
  for (let cursor: string | undefined; ; ) {
    const page = await bucket.list(cursor === undefined ? {} : { cursor });
    for (const { key } of page.objects) {
      if (key === WRITE_PROBE) continue;
      const object = await bucket.get(key);
      const bytes = Buffer.from((await object?.arrayBuffer()) ?? new ArrayBuffer(0));
      found[key] = createHash("sha256").update(withoutMoments(key, bytes)).digest("hex");
    }
    if (!page.truncated) return found;
    cursor = page.cursor;
  }
}

/** The sidecar's answer says how long the training took, and an answer of a news archive when it had arrived. */
function withoutMoments(key: string, bytes: Buffer): Buffer | string {
  if (key.startsWith("bronze/news/")) return bytes.toString().replace(/"fetched_at":\d+,/g, "");
  if (!key.endsWith("training_result.json")) return bytes;
  const { seconds: _seconds, ...result } = JSON.parse(bytes.toString()) as { seconds: number };
  return JSON.stringify(result);
}

async function readOnline(miniflare: Miniflare): Promise<Record<string, string>> {
  const namespace = await miniflare.getKVNamespace("ONLINE");
  const found: Record<string, string> = {};
  for (let cursor: string | undefined; ; ) {
    const page = await namespace.list(cursor === undefined ? {} : { cursor });
    for (const { name } of page.keys) found[name] = (await namespace.get(name)) ?? "";
    if (page.list_complete) return found;
    cursor = page.cursor;
  }
}

/** How two tables differ, in one short sentence; null when they do not. */
export function differenceOf(expected: readonly string[], found: readonly string[]): string | null {
  const { missing, extra } = differingRows(expected, found);
  if (missing.length === 0 && extra.length === 0) return null;
  const show = (lines: readonly string[]) => lines[0]?.slice(0, 400) ?? "none";
  return `${expected.length} rows, found ${found.length}; ${missing.length} missing, first ${show(missing)}; ${extra.length} extra, first ${show(extra)}`;
}

/** Rows of one that the other lacks; a row that one has twice and the other once counts too. Both are sorted. */
export function differingRows(expected: readonly string[], found: readonly string[]): { missing: string[]; extra: string[] } {
  const missing: string[] = [];
  const extra: string[] = [];
  let [left, right] = [0, 0];
  while (left < expected.length || right < found.length) {
    const [wanted, got] = [expected[left], found[right]];
    if (wanted !== undefined && wanted === got) {
      left += 1;
      right += 1;
    } else if (got === undefined || (wanted !== undefined && wanted < got)) {
      missing.push(wanted as string);
      left += 1;
    } else {
      extra.push(got);
      right += 1;
    }
  }
  return { missing, extra };
}
