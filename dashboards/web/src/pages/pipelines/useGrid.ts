import type { DagGrid } from "../../../../../shared/contracts/dagGrid.ts";
import { ask } from "../../api/ask.ts";
import { queries, REFRESH_MS, SECOND } from "../../api/queries.ts";
import { type Answer, useQuery } from "../../api/useAnswer.ts";
import { mergeGrid } from "./mergeGrid.ts";

const LIVE_MS = 5 * SECOND;

/** The newest `limit` runs of a pipeline with all their tasks: asked for once, and after that only what has changed. */
export function useGrid(dag_id: string, limit: number): Answer<DagGrid> {
  const key = ["pipelines/grid", { dag_id, limit }];
  const isLive = () => queries.getQueryData<DagGrid>(key)?.runs.some(({ end_date }) => end_date === null) ?? false;
  const read = async (signal: AbortSignal) => {
    const known = queries.getQueryData<DagGrid>(key);
    const since = known?.next_since ?? undefined;
    const news = await ask("GET /api/dags/{dag_id}/grid", { params: { dag_id }, query: { limit, since } }, signal);
    return mergeGrid(known, news, limit);
  };
  return useQuery<DagGrid>(key, read, { refresh_ms: isLive() ? LIVE_MS : REFRESH_MS });
}
