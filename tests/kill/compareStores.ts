import { createHash } from "node:crypto";
import { TABLE_RULES } from "../support/databases/comparedTables.ts";
import { differingRows, type ObjectSnapshot, type TableSnapshot } from "../support/databases/storeSnapshot.ts";

export interface StoreContent {
  readonly tables: TableSnapshot;
  readonly objects: ObjectSnapshot;
}

/** One table, or one of the two stores of objects. */
export interface Comparison {
  readonly name: string;
  readonly rows: readonly [expected: number, found: number];
  /** Of the sorted rows, without what may differ. */
  readonly sha256: readonly [expected: string, found: string];
  readonly is_equal: boolean;
  readonly missing: number;
  readonly extra: number;
  /** The first that differ: what was expected, and what was found. */
  readonly first_missing: readonly string[];
  readonly first_extra: readonly string[];
  readonly not_compared: readonly string[];
}

const SHOWN = 3;

export function compareStores(expected: StoreContent, found: StoreContent): Comparison[] {
  const names = [...new Set([...Object.keys(expected.tables), ...Object.keys(found.tables)])].sort();
  const tables = names.map((name) => compareRows(name, expected.tables[name] ?? [], found.tables[name] ?? []));
  const objects = (["lake", "online"] as const).map((name) =>
    compareRows(`${name} (objects)`, linesOf(expected.objects[name]), linesOf(found.objects[name])),
  );
  return [...tables, ...objects];
}

function linesOf(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${value}`)
    .sort();
}

function compareRows(name: string, expected: readonly string[], found: readonly string[]): Comparison {
  const { missing, extra } = differingRows(expected, found);
  return {
    name,
    rows: [expected.length, found.length],
    sha256: [hashOf(expected), hashOf(found)],
    is_equal: missing.length === 0 && extra.length === 0,
    missing: missing.length,
    extra: extra.length,
    first_missing: missing.slice(0, SHOWN),
    first_extra: extra.slice(0, SHOWN),
    not_compared: Object.keys(TABLE_RULES[name]?.columns ?? {}),
  };
}

function hashOf(lines: readonly string[]): string {
  const hash = createHash("sha256");
  for (const line of lines) hash.update(line).update("\n");
  return hash.digest("hex");
}
