import { ask } from "../../api/ask.ts";
import { type Answer, useQuery } from "../../api/useAnswer.ts";
import { type DriftRow, driftRows } from "./driftRows.ts";

export interface Drift {
  readonly rows: readonly DriftRow[];
  /** There are more readings than one answer holds. */
  readonly has_more: boolean;
}

/** It is measured once an hour. */
const REFRESH_MS = 5 * 60_000;

/** How every feature of the models in Production now stands to their training sets, as the monitoring measured it last. */
export function useDrift(): Answer<Drift> {
  return useQuery(["features against training"], readDrift, { refresh_ms: REFRESH_MS });
}

async function readDrift(signal: AbortSignal): Promise<Drift> {
  const [psi, missing] = await Promise.all(
    ["psi", "missing_share"].map((metric) => ask("GET /api/monitoring/readings", { query: { check: "features", metric } }, signal)),
  );
  return { rows: driftRows(psi!.readings, missing!), has_more: psi!.has_more || missing!.has_more };
}
