import { Hono } from "hono";
import { z } from "zod";
import type { MissedRunsCollection, MissedRunsView } from "../../shared/contracts/dags.ts";
import { toIso } from "../../shared/domain/instant.ts";
import type { MissedRuns } from "../../shared/ports/ledger.ts";
import { requireDag } from "../engine/requireDag.ts";
import type { DagReads } from "./dags.ts";
import { check } from "./parseBody.ts";

const MAX_GAPS = 100;

const querySchema = z.object({
  dag_id: z.string().default("~"),
  limit: z.coerce.number().int().min(1).max(MAX_GAPS).default(MAX_GAPS),
});

/** GET /api/missed-runs: intervals of the schedules that never got a run, the newest first. */
export function missedRunsRoutes({ dags, ledger }: DagReads): Hono {
  return new Hono().get("/api/missed-runs", async (context) => {
    const query = check(querySchema, context.req.query());
    if (query.dag_id !== "~") requireDag(dags, query.dag_id);
    const missed_runs = (await ledger.missedRuns(query)).map(viewOfMissed);
    return context.json({ missed_runs, total_entries: missed_runs.length } satisfies MissedRunsCollection);
  });
}

function viewOfMissed({ dag_id, window, intervals, reason, found_at, is_made_up }: MissedRuns): MissedRunsView {
  const [data_interval_start, data_interval_end] = [toIso(window.start), toIso(window.end)];
  const command = `fx trigger ${dag_id} --from ${data_interval_start} --to ${data_interval_end}`;
  return { dag_id, data_interval_start, data_interval_end, intervals, reason, found_at: toIso(found_at), is_made_up, command };
}
