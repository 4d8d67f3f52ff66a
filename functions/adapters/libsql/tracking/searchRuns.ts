import { sql } from "drizzle-orm";
import type { RunSearch } from "../../../../shared/ports/runStore.ts";
import type { Database } from "../database.ts";
import { experimentsMeant } from "./experimentsMeant.ts";
import { childrenOf, conditionsSql, orderSql, type SearchSource } from "./searchSql.ts";

const ATTRIBUTES = ["run_id", "run_name", "user_id", "status", "artifact_uri", "start_time", "end_time"];
const OF_RUN = "c.run_id = r.run_id";

const SOURCE: SearchSource = {
  columns: Object.fromEntries(ATTRIBUTES.map((name) => [name, `r.${name}`])),
  children: {
    metric: childrenOf("latest_metrics", OF_RUN),
    param: childrenOf("run_params", OF_RUN),
    tag: childrenOf("run_tags", OF_RUN),
    dataset: childrenOf("run_datasets", OF_RUN, false),
  },
};

/** Ids of the runs of a page, and of one more. Among equals the newest come first. */
export async function searchRuns(database: Database, search: RunSearch): Promise<readonly string[]> {
  const { conditions, orders, page, stages, experiment_ids } = search;
  const by_start = orders.some(({ kind, key }) => kind === "attribute" && key === "start_time");
  const order = orderSql(orders, SOURCE, [...(by_start ? [] : ["r.start_time DESC"]), "r.run_id"]);
  const rows = await database.all<{ run_id: string }>(sql`
    SELECT ${sql.join([sql`r.run_id`, ...order.columns], sql`, `)} FROM runs AS r
    WHERE r.experiment_id IN (${experimentsMeant(experiment_ids)})
      AND r.lifecycle_stage IN (SELECT value FROM json_each(${JSON.stringify(stages)})) AND ${conditionsSql(conditions, SOURCE)}
    ORDER BY ${order.by} LIMIT ${page.limit + 1} OFFSET ${page.offset}`);
  return rows.map(({ run_id }) => run_id);
}
