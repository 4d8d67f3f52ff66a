import { type SQL, sql } from "drizzle-orm";

/** Of an experiment whose runs have gone to others: a pattern of their names. */
const SUCCESSORS = "fx.successors";

/** A query of the ids of the experiments that a search in these looks at: those whose runs lie in others now stand for these, too. */
export function experimentsMeant(experiment_ids: readonly string[]): SQL {
  const asked = sql`SELECT CAST(value AS INTEGER) FROM json_each(${JSON.stringify(experiment_ids)})`;
  return sql`${asked} UNION SELECT e.experiment_id FROM experiment_tags AS t JOIN experiments AS e ON e.name GLOB t.value
    WHERE t.key = ${SUCCESSORS} AND t.experiment_id IN (${asked})`;
}

/** Whether e, an experiment, is only a name for what lies in others now: a list leaves it out. One with runs of its own is shown. */
export const IS_FORMER = sql`EXISTS (SELECT 1 FROM experiment_tags AS t WHERE t.experiment_id = e.experiment_id AND t.key = ${SUCCESSORS})
  AND NOT EXISTS (SELECT 1 FROM runs AS r WHERE r.experiment_id = e.experiment_id)`;
