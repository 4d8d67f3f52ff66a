import { listMissedRuns } from "../../shared/contracts/dagRuns.ts";
import type { MissedRunsView } from "../../shared/contracts/dags.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso } from "../../shared/domain/instant.ts";
import type { MissedRuns } from "../../shared/ports/ledgerQueries.ts";
import { requireDag } from "../engine/requireDag.ts";
import type { DagReads } from "./dags.ts";

/** The newest first. */
export function missedRunsRoutes({ dags, ledger }: DagReads): MountedRoute {
  return handle(listMissedRuns, async ({ query }) => {
    if (query.dag_id !== "~") requireDag(dags, query.dag_id);
    const missed_runs = (await ledger.missedRuns(query)).map(viewOfMissed);
    return { missed_runs, total_entries: missed_runs.length };
  });
}

function viewOfMissed({ dag_id, window, intervals, reason, found_at, is_made_up }: MissedRuns): MissedRunsView {
  const [data_interval_start, data_interval_end] = [toIso(window.start), toIso(window.end)];
  const command = `fx trigger ${dag_id} --from ${data_interval_start} --to ${data_interval_end}`;
  return { dag_id, data_interval_start, data_interval_end, intervals, reason, found_at: toIso(found_at), is_made_up, command };
}
