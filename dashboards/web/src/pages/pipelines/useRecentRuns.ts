import { ask } from "../../api/ask.ts";
import { type Answer, useQuery } from "../../api/useAnswer.ts";
import { type RecentRuns, recentRuns } from "./recentRuns.ts";

/** Of how many runs the share of successes is told. */
export const RECENT = 25;

/** How each pipeline has done lately, by its id. */
export function useRecentRuns(dag_ids: readonly string[]): Answer<Readonly<Record<string, RecentRuns>>> {
  const read = async (signal: AbortSignal) => {
    const entries = await Promise.all(dag_ids.map(async (dag_id) => [dag_id, await readRecent(dag_id, signal)] as const));
    return Object.fromEntries(entries);
  };
  return useQuery(["pipelines/recent", dag_ids], read, { is_wanted: dag_ids.length > 0 });
}

async function readRecent(dag_id: string, signal: AbortSignal): Promise<RecentRuns> {
  const at = "GET /api/v2/dags/{dag_id}/dagRuns" as const;
  const found = recentRuns((await ask(at, { params: { dag_id }, query: { limit: RECENT } }, signal)).dag_runs);
  if (found.last_success_at !== null || found.last === null) return found;
  const older = await ask(at, { params: { dag_id }, query: { limit: 1, state: ["success"], order_by: ["-end_date"] } }, signal);
  return { ...found, last_success_at: older.dag_runs[0]?.end_date ?? null };
}
