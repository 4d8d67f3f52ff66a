import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import { CLAIMABLE, NOT_PAUSED, type Statement } from "./statements.ts";

/**
 * Pools as SQL. How many slots a pool has is configuration; who holds them is read off the tasks' own states, so that there is no
 * count that could go wrong. A claim looks and takes in one UPDATE.
 */

/**
 * Whether the row `alias` holds a slot, where :include_deferred says if waiting tasks of its pool keep theirs. One whose worker was
 * lost keeps it too: what that worker started outside may still run.
 */
export function holdsSlot(alias: string, include_deferred: string): string {
  return `(${alias}.state = 'running' OR (${include_deferred} AND ${keepsSlot(alias)}))`;
}

function keepsSlot(alias: string): string {
  return `(${alias}.state = 'up_for_reschedule' OR (${alias}.state = 'up_for_retry' AND ${alias}.takeovers > 0))`;
}

/**
 * What has the slot of a row that holds one: a slice, which may be of several runs and has one lease of all (claim.ts), or a task that waits
 * with it. Counted once each.
 */
export function slotOf(alias: string): string {
  return `coalesce(${alias}.lease_token, json_array(${alias}.dag_id, ${alias}.run_id, ${alias}.task_id, ${alias}.map_key))`;
}

/** Only these states can hold a slot: said on its own, so that the index on the state is used. */
export const HOLDER_STATES = "('running', 'up_for_reschedule', 'up_for_retry')";

/** True for a task that may have a slot of :pool now. */
export const HAS_SLOT = `(:pool IS NULL OR (:include_deferred AND ${keepsSlot("task_instances")}) OR :slots > (
  SELECT count(DISTINCT ${slotOf("o")}) FROM task_instances o WHERE o.state IN ${HOLDER_STATES} AND o.pool = :pool AND ${holdsSlot("o", ":include_deferred")}))`;

export interface PoolArgs {
  readonly pool: string | null;
  readonly slots: number;
  readonly include_deferred: number;
}

export function poolArgs(pools: Pools, pool: string | null): PoolArgs {
  if (pool === null) return { pool, slots: 0, include_deferred: 0 };
  const known = pools[pool];
  if (!known) throw new AppError("invalid_dag", `There is no pool "${pool}". Known: ${Object.keys(pools).join(", ") || "none"}.`);
  return { pool, slots: known.slots, include_deferred: known.include_deferred ? 1 : 0 };
}

/** All pools as one JSON argument. */
export function poolsJson(pools: Pools): string {
  return JSON.stringify(
    Object.entries(pools).map(([name, pool]) => ({ name, slots: pool.slots, include_deferred: pool.include_deferred ? 1 : 0 })),
  );
}

/**
 * Tasks that may be claimed now, best first; those of backfills come last. A pool gives at most as many as it has free slots: the rest would
 * be woken for nothing, and stand in front of tasks without a pool. Their state is always reported as "queued".
 */
export function dueTasks(where: string): string {
  return `WITH pools AS (
      SELECT value ->> 'name' AS name, value ->> 'include_deferred' AS include_deferred, value ->> 'slots' - (
        SELECT count(DISTINCT ${slotOf("o")}) FROM task_instances o WHERE o.state IN ${HOLDER_STATES} AND o.pool = p.value ->> 'name'
          AND ${holdsSlot("o", "p.value ->> 'include_deferred'")}) AS free
      FROM json_each(:pools) p),
    candidates AS (
      SELECT t.dag_id, t.run_id, t.task_id, t.map_key, t.not_before, t.pool, p.free, r.backfill_id IS NOT NULL AS is_backfill,
        p.include_deferred AND ${keepsSlot("t")} AS is_holder
      FROM task_instances t JOIN dag_runs r ON r.dag_id = t.dag_id AND r.run_id = t.run_id LEFT JOIN pools p ON p.name = t.pool
      WHERE t.state IN ${CLAIMABLE} AND t.not_before <= :now AND r.state = 'running' AND ${NOT_PAUSED("t")} AND ${where}),
    ranked AS (
      SELECT *, row_number() OVER (PARTITION BY pool, is_holder ORDER BY is_backfill, not_before, dag_id, run_id, task_id, map_key) AS place
      FROM candidates)
    SELECT dag_id, run_id, task_id, map_key, 'queued' AS state FROM ranked WHERE pool IS NULL OR is_holder OR place <= free
    ORDER BY is_backfill, not_before, dag_id, run_id, task_id, map_key LIMIT :limit`;
}

/** Who is next in a pool when one of its tasks (`but`, which has its own hint) has ended: as many as slots are free. */
export function nextInPool(pools: Pools, pool: string, now: Instant, but?: TaskKey): Statement {
  const others = but ? "AND NOT (t.dag_id = :dag_id AND t.run_id = :run_id AND t.task_id = :task_id AND t.map_key = :map_key)" : "";
  const known = pools[pool]!;
  return {
    sql: dueTasks(`t.pool = :pool ${others}`),
    args: { ...but, pool, pools: poolsJson({ [pool]: known }), now, limit: known.slots },
  };
}
