import type { RunType } from "../../shared/contracts/dags.ts";
import { type TimeWindow, toIso } from "../../shared/domain/instant.ts";

/** When a run is for, in Airflow's words: a run by hand has no place in a schedule, and none comes before its data can be known. */
export function datesOf({ run_type, window }: { readonly run_type: RunType; readonly window: TimeWindow }) {
  return { logical_date: run_type === "manual" ? null : toIso(window.start), run_after: toIso(window.end) };
}
