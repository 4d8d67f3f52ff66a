import type { RunType, TriggeredBy } from "../contracts/dags.ts";
import type { MapKeyChoice } from "../dag/mapKeys.ts";
import type { TimeWindow } from "../domain/instant.ts";
import type { LedgerRun } from "./ledgerRecords.ts";

export interface TriggerRunRequest {
  readonly dag_id: string;
  /** `manual__<iso of the window's end>` (or the run type's own prefix) when absent. */
  readonly run_id?: string;
  readonly run_type: RunType;
  readonly window: TimeWindow;
  readonly conf: Readonly<Record<string, unknown>>;
  /** Keys of the mapped tasks; of a dimension that is left out the configured ones. */
  readonly map_keys?: MapKeyChoice;
  readonly triggered_by: TriggeredBy;
}

export interface TriggeredRun {
  readonly run: LedgerRun;
  /** False when the same call had created it before. */
  readonly created: boolean;
}

export interface TriggerRun {
  /**
   * Creates a run exactly once. The same call again gives the run that exists. Fails with run_exists (409) when the run id is taken by
   * a run of another type, window, conf or map keys, unknown_dag (404), invalid_request (400).
   */
  triggerRun(request: TriggerRunRequest): Promise<TriggeredRun>;
}
