import type { Instant } from "../../../shared/domain/instant.ts";
import type { Statement } from "./bulk.ts";

const FACT = "record_clock";

/**
 * The clock of the record: follows the clock of the process, and goes on by a millisecond where that stands still or was set back. Every
 * transaction that records something turns it first, so that times of record are in the order of the transactions, and those recorded by a
 * moment are the first of them, without a hole that a slow writer fills later.
 */
export function turnRecordClock(now: Instant): Statement {
  return {
    sql: `INSERT INTO store_facts (key, value) VALUES ('${FACT}', CAST(CAST(?1 AS INTEGER) AS TEXT))
      ON CONFLICT (key) DO UPDATE SET value = CAST(max(CAST(?1 AS INTEGER), CAST(value AS INTEGER) + 1) AS TEXT)`,
    args: [now],
  };
}

/** Sets the clock of the record to `until`, when it is behind: what is recorded from now on is recorded later. */
export function sealRecord(until: Instant): Statement {
  return {
    sql: `INSERT INTO store_facts (key, value) VALUES ('${FACT}', CAST(CAST(?1 AS INTEGER) AS TEXT))
      ON CONFLICT (key) DO UPDATE SET value = CAST(max(CAST(?1 AS INTEGER), CAST(value AS INTEGER)) AS TEXT)`,
    args: [until],
  };
}

/** SQL of the clock's time: that of the transaction, once it has turned the clock. */
export const RECORD_TIME = `(SELECT CAST(value AS INTEGER) FROM store_facts WHERE key = '${FACT}')`;
