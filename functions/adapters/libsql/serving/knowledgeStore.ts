import type { Instant } from "../../../../shared/domain/instant.ts";
import type { KnowledgeStore, RecordFacts } from "../../../../shared/ports/knowledgeStore.ts";
import { type Database, withStore } from "../database.ts";
import { RECORD_TIME, sealRecord } from "../recordClock.ts";

const FRESH_FACT = "fresh_since:";

const FACTS = `SELECT ${RECORD_TIME}, (SELECT CAST(value AS INTEGER) FROM store_facts WHERE key = '${FRESH_FACT}' || ?1),
  (SELECT min(recorded_at) FROM model_transitions WHERE name = ?2 AND to_stage = 'Production')`;

/** What was recorded when, in libSQL: facts of the store, and the times on its rows. */
export function createKnowledgeStore(database: Database): KnowledgeStore {
  return {
    facts: (instrument, model_name) => withStore(() => readFacts(database, instrument, model_name)),
    noteFresh: (instrument, at) =>
      withStore(async () => {
        const sql = "INSERT INTO store_facts (key, value) VALUES (?, CAST(CAST(? AS INTEGER) AS TEXT)) ON CONFLICT DO NOTHING";
        await database.$client.execute({ sql, args: [FRESH_FACT + instrument, at] });
      }),
    seal: (until) =>
      withStore(async () => {
        const [, time] = await database.$client.batch([sealRecord(until), `SELECT ${RECORD_TIME}`], "write");
        return Number(time?.rows[0]?.[0]);
      }),
  };
}

async function readFacts(database: Database, instrument: string, model_name: string): Promise<RecordFacts> {
  const { rows } = await database.$client.execute({ sql: FACTS, args: [instrument, model_name] });
  const [sealed_until = null, fresh_since = null, promoted_at = null] = [0, 1, 2].map((column) => toInstant(rows[0]?.[column]));
  const live_since = fresh_since === null || promoted_at === null ? null : Math.max(fresh_since, promoted_at);
  return { live_since, sealed_until };
}

function toInstant(value: unknown): Instant | null {
  return typeof value === "number" ? value : null;
}
