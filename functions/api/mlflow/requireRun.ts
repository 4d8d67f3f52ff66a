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

/** Of a run what it is, without what it logged. */
export async function requireRunInfo(runs: RunStore, run_id: string): Promise<RunInfo> {
  const info = await runs.info(run_id);
  if (info) return info;
  throw doesNotExist(`Run with id=${run_id} not found`);
}

/** Runs that are kept in mind at most. */
const MOST_KNOWN = 1_000;

export interface ForeignRuns {
  /** Throws unless a client may change this run: what the pipelines recorded stays as it was recorded, or a figure could be anybody's. */
  require(run_id: string): Promise<void>;
  /** A run that a client has just made. */
  add(run_id: string): void;
}

/**
 * Which runs are clients'. Whose a run is never changes, and no run is ever removed, so that a run is looked up once and not with each of its
 * metrics; whether it is deleted is for the store to say as it writes.
 */
export function createForeignRuns(runs: RunStore): ForeignRuns {
  const known = new Set<string>();
  const add = (run_id: string) => {
    if (known.size >= MOST_KNOWN) known.clear();
    known.add(run_id);
  };
  return {
    add,
    async require(run_id) {
      if (known.has(run_id)) return;
      const info = await requireRunInfo(runs, run_id);
      if (isOfPipelines(info.artifact_uri))
        throw permissionDenied(
          `Run ${run_id} was recorded by the training pipeline, and stays as it was recorded; only tags of your own may be added.`,
        );
      add(run_id);
    },
  };
}
