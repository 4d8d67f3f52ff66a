import { sql } from "drizzle-orm";
import type { ExperimentSearch } from "../../../../shared/ports/experimentStore.ts";
import type { Database } from "../database.ts";
import { IS_FORMER } from "./experimentsMeant.ts";
import { childrenOf, conditionsSql, orderSql, type SearchSource } from "./searchSql.ts";

const SOURCE: SearchSource = {
  columns: {
    name: "e.name",
    // Ids are texts to those who ask.
    experiment_id: "CAST(e.experiment_id AS TEXT)",
    creation_time: "e.creation_time",
    last_update_time: "e.last_update_time",
  },
  children: { tag: childrenOf("experiment_tags", "c.experiment_id = e.experiment_id") },
};
const IN_ORDER: SearchSource = { ...SOURCE, columns: { ...SOURCE.columns, experiment_id: "e.experiment_id" } };

/** Ids of the experiments of a page, and of one more. */
export async function searchExperiments(
  database: Database,
  { conditions, orders, page, stages }: ExperimentSearch,
): Promise<readonly number[]> {
  const asked = orders.length > 0 ? orders : ([{ kind: "attribute", key: "creation_time", is_descending: true }] as const);
  // Among experiments of one moment MLflow puts the oldest first where nothing is asked, else the newest.
  const order = orderSql(asked, IN_ORDER, [orders.length > 0 ? "e.experiment_id DESC" : "e.experiment_id ASC"]);
  const rows = await database.all<{ experiment_id: number }>(sql`
    SELECT ${sql.join([sql`e.experiment_id`, ...order.columns], sql`, `)} FROM experiments AS e
    WHERE e.lifecycle_stage IN (SELECT value FROM json_each(${JSON.stringify(stages)})) AND NOT (${IS_FORMER}) AND ${conditionsSql(conditions, SOURCE)}
    ORDER BY ${order.by} LIMIT ${page.limit + 1} OFFSET ${page.offset}`);
  return rows.map(({ experiment_id }) => experiment_id);
}
