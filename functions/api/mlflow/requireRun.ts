import { isOfPipelines } from "../../../shared/mlflow/artifactUri.ts";
import { doesNotExist, invalidParameter, permissionDenied } from "../../../shared/mlflow/mlflowErrors.ts";
import type { Run, RunInfo, RunStore } from "../../../shared/ports/runStore.ts";

/** Which run is meant: older clients say run_uuid. */
export function runIdOf({ run_id, run_uuid }: { readonly run_id?: string | undefined; readonly run_uuid?: string | undefined }): string {
  const id = run_id || run_uuid;
  if (id) return id;
  throw invalidParameter("Missing value for required parameter 'run_id'.");
}

export async function requireRun(runs: RunStore, run_id: string): Promise<Run> {
  const found = await runs.get(run_id);
  if (found) return found;
  throw doesNotExist(`Run with id=${run_id} not found`);
}

/** A run that a client may change. What the pipelines recorded of theirs stays as it was recorded, or a figure could be anybody's. */
export async function requireForeignRun(runs: RunStore, run_id: string): Promise<RunInfo> {
  const info = await runs.info(run_id);
  if (!info) throw doesNotExist(`Run with id=${run_id} not found`);
  if (!isOfPipelines(info.artifact_uri)) return info;
  throw permissionDenied(
    `Run ${run_id} was recorded by the training pipeline, and stays as it was recorded; only tags of your own may be added.`,
  );
}
