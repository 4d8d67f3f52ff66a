import { patternsOf } from "../../shared/contracts/airflow/filterFields.ts";
import { listPools, type PoolView, readPool } from "../../shared/contracts/airflow/server.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { NO_POOL } from "../../shared/dag/pool.ts";
import { AppError } from "../../shared/errors.ts";
import type { LedgerQueries, PoolUse } from "../../shared/ports/ledgerQueries.ts";
import { matchesPattern } from "./matchesPattern.ts";
import { pageOf } from "./page.ts";

/** The pools, in the shapes of Airflow's REST API v2. */
export function poolRoutes(ledger: Pick<LedgerQueries, "pools">): MountedRoute[] {
  return [
    handle(listPools, async ({ query }) => {
      const patterns = patternsOf(query, "pool_name");
      const pools = (await ledger.pools()).map(viewOfPool).filter(({ name }) => patterns.every((one) => matchesPattern(name, one)));
      return { pools: pageOf(pools, query), total_entries: pools.length };
    }),
    handle(readPool, async ({ params: { pool_name } }) => {
      const pools = (await ledger.pools()).map(viewOfPool);
      const found = pools.find(({ name }) => name === pool_name);
      if (found) return found;
      const known = pools.map(({ name }) => name).join(", ");
      throw new AppError("not_found", `pool_name: there is no pool "${pool_name.slice(0, 80)}". Known: ${known}.`, {
        status: 404,
        details: { field: "pool_name" },
      });
    }),
  ];
}

/** A task here gets its slot when it begins: what Airflow calls queued, it never is. Without a bound the open slots are -1 as well. */
function viewOfPool({ name, slots, include_deferred, occupied, running, waiting, deferred }: PoolUse): PoolView {
  return {
    ...{ name, include_deferred },
    slots: slots ?? -1,
    open_slots: slots === null ? -1 : slots - occupied,
    occupied_slots: occupied,
    running_slots: running,
    queued_slots: 0,
    scheduled_slots: waiting,
    deferred_slots: deferred,
    description: name === NO_POOL ? "Tasks that need no slot: as many run as there are workers." : "Slots over all pipelines.",
    team_name: null,
  };
}
