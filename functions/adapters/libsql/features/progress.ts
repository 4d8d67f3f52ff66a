import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Instrument } from "../../../../shared/domain/instrument.ts";
import type { FeatureProgress } from "../../../../shared/ports/featureStore.ts";
import type { Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { revisionOf } from "./inputRevision.ts";
import type { ViewKey } from "./viewKey.ts";

const READ_PROGRESS = `SELECT ${revisionOf("?1")}, (SELECT built_until FROM feature_progress WHERE entity = ?2 AND view = ?3 AND schema_hash = ?4)`;
const START_PROGRESS = `INSERT INTO feature_progress (entity, view, schema_hash, built_until)
  SELECT ?1, ?2, ?3, ?4 WHERE ${revisionOf("?5")} = ?6 ON CONFLICT DO NOTHING`;
const ADVANCE_PROGRESS = `UPDATE feature_progress SET built_until = ?4
  WHERE entity = ?1 AND view = ?2 AND schema_hash = ?3 AND ${revisionOf("?5")} = ?6 AND built_until = ?7`;

/** How far each view is built, and which revision of its inputs there is; `factOf` names what a view is made of. */
export async function readProgress(
  database: Database,
  instrument: Instrument,
  views: readonly ViewKey[],
  factOf: (view: ViewKey) => string,
): Promise<FeatureProgress[]> {
  if (views.length === 0) return [];
  const results = await database.$client.batch(
    views.map((view) => ({ sql: READ_PROGRESS, args: [factOf(view), instrument, view.view, view.schema_hash] })),
    "read",
  );
  return results.map(({ rows }) => {
    const [revision, built_until] = [rows[0]?.[0], rows[0]?.[1]];
    return { built_until: typeof built_until === "number" ? built_until : null, revision: Number(revision) };
  });
}

/** False where the inputs have changed since, or another was there first. */
export async function advance(database: Database, statement: Statement) {
  const { rowsAffected } = await database.$client.execute(statement);
  return rowsAffected > 0;
}

export function advanceStatement(
  instrument: Instrument,
  view: ViewKey,
  fact: string,
  since: FeatureProgress,
  built_until: Instant,
): Statement {
  const args = [instrument, view.view, view.schema_hash, built_until, fact, since.revision];
  return since.built_until === null ? { sql: START_PROGRESS, args } : { sql: ADVANCE_PROGRESS, args: [...args, since.built_until] };
}
