import { NO_POOL, type Pools } from "../../../../shared/dag/pool.ts";
import type { PoolUse } from "../../../../shared/ports/ledgerQueries.ts";
import type { Database } from "../database.ts";
import { readRow } from "../readRow.ts";
import { HOLDER_STATES, holdsSlot, poolsJson, slotOf } from "./pools.ts";

const HOLDS = holdsSlot("o", "p.value ->> 'include_deferred'");
const OF_POOL = (condition: string) =>
  `FROM task_instances o WHERE o.state IN ('queued', 'running', 'up_for_reschedule', 'up_for_retry')
    AND coalesce(o.pool, '${NO_POOL}') = p.value ->> 'name' AND ${condition}`;

const POOL_USE = `SELECT p.value ->> 'name' AS name,
    (SELECT count(DISTINCT ${slotOf("o")}) ${OF_POOL(`o.state IN ${HOLDER_STATES} AND ${HOLDS}`)}) AS occupied,
    (SELECT count(DISTINCT ${slotOf("o")}) ${OF_POOL("o.state = 'running'")}) AS running,
    (SELECT count(*) ${OF_POOL(`o.state IN ('queued', 'up_for_retry') AND NOT ${HOLDS}`)}) AS waiting,
    (SELECT count(*) ${OF_POOL("o.state = 'up_for_reschedule'")}) AS deferred
  FROM json_each(:pools) p`;

/** Every pool, and last the tasks that need none. */
export async function queryPools(database: Database, pools: Pools): Promise<PoolUse[]> {
  const none = { slots: 0, include_deferred: false };
  const { rows } = await database.$client.execute({ sql: POOL_USE, args: { pools: poolsJson({ ...pools, [NO_POOL]: none }) } });
  return rows.map((row) => {
    const reader = readRow(row);
    const name = reader.text("name");
    const counts = (["occupied", "running", "waiting", "deferred"] as const).map((count) => [count, reader.integer(count)] as const);
    return {
      ...{ name, slots: pools[name]?.slots ?? null, include_deferred: pools[name]?.include_deferred ?? false },
      ...(Object.fromEntries(counts) as Record<(typeof counts)[number][0], number>),
    };
  });
}
