import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../../functions/adapters/libsql/database.ts";

export interface Written {
  count: number;
  /** Of one write, from its asking to its answer, with its turn at the gate of its client. */
  slowest_ms: number;
  /** Writes that failed, or were answered too late, in words. */
  readonly problems: string[];
}

/** Sooner than any call is given up, later than a crowded machine needs for a write. */
const LATE_MS = 20_000;

/**
 * So many writers until `until` fires, each on a client of its own as another process would have: small writes one after the other, and now and
 * then a large one.
 */
export async function writeBeside(open: () => Database, writers: number, until: AbortSignal): Promise<Written> {
  const written: Written = { count: 0, slowest_ms: 0, problems: [] };
  await Promise.all(Array.from({ length: writers }, (_, number) => write(open(), `storm_writer_${number}`, written, until)));
  return written;
}

const LARGE_EVERY = 20;
const LARGE = "x".repeat(500_000);

async function write({ $client: client }: Database, key: string, written: Written, until: AbortSignal): Promise<void> {
  const sql = "INSERT INTO store_facts (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
  for (let turn = 1; !until.aborted; turn++) {
    const began = performance.now();
    try {
      await client.execute({ sql, args: [key, turn % LARGE_EVERY === 0 ? LARGE : String(turn)] });
      written.count++;
    } catch (error) {
      written.problems.push(`${key}: ${error instanceof Error ? error.message : String(error)}`);
      await sleep(100);
    }
    const took_ms = performance.now() - began;
    written.slowest_ms = Math.max(written.slowest_ms, took_ms);
    if (took_ms > LATE_MS) written.problems.push(`${key}: a write took ${Math.round(took_ms / 1_000)} s`);
  }
  await client.execute({ sql: "DELETE FROM store_facts WHERE key = ?", args: [key] });
  client.close();
}
