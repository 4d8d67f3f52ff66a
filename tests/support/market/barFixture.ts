import type { Database } from "../../../functions/adapters/libsql/database.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { DAY, HOUR } from "../../../shared/domain/instant.ts";
import type { BarWrite, BarWriteResult, BronzeObject } from "../../../shared/ports/barStore.ts";

/** Bars and writes for the conformance suite of the bar store. */
export const T0 = Date.UTC(2025, 0, 6);
/** A span that holds all of them. */
export const EVERYTHING = { start: 0, end: T0 + 1000 * DAY };

const TABLES = ["bars", "bar_versions", "rejects", "reject_counts", "bronze_objects", "store_facts", "feature_progress"];

/** Nothing is left of what the suite's other tests wrote. */
export async function emptyBarStore({ $client }: Database): Promise<void> {
  for (const table of TABLES) await $client.execute(`DELETE FROM ${table}`);
}

export function bar(hour: number, change: Partial<Bar> = {}): Bar {
  const price = 1.3 + hour / 10_000;
  const mid = { o: price, h: price + 0.001, l: price - 0.001, c: price + 0.0005 };
  return { instrument: "USD_SGD", granularity: "H1", start: T0 + hour * HOUR, mid, bid: null, ask: null, volume: null, ...change };
}

export function write(bars: readonly Bar[], change: Partial<BarWrite> = {}): BarWrite {
  return { object_key: "o1", bars, lines: bars.map((_, i) => i + 1), rejects: [], ingested_at: T0 + DAY, ...change };
}

export function result(change: Partial<BarWriteResult>): BarWriteResult {
  return { inserted: 0, unchanged: 0, replaced: 0, conflicts: 0, first_conflicts: [], first_changed: null, ...change };
}

export function bronze(key: string, change: Partial<BronzeObject> = {}): BronzeObject {
  return {
    key,
    origin: "oanda",
    instrument: "USD_SGD",
    granularity: "H1",
    sha256: key,
    bytes: 10,
    lines: 1,
    window: { start: T0, end: T0 + HOUR },
    ingested_at: T0,
    ...change,
  };
}
