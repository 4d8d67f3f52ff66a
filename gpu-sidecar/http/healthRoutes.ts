import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { sidecarHealthRoute } from "../../shared/contracts/sidecarHealth.ts";
import { SIDECAR_PROTOCOL, type SidecarHealth } from "../../shared/contracts/training.ts";
import type { SentimentService } from "../sentiment/sentimentService.ts";
import type { JobService } from "../training/jobService.ts";
import type { LibraryState } from "../xgboost/libraryState.ts";

export function healthRoutes(jobs: JobService, library: LibraryState, sentiment: SentimentService): MountedRoute {
  return handle(sidecarHealthRoute, () => ({ ...trainingHealth(jobs, library), sentiment: sentiment.health() }));
}

function trainingHealth(jobs: JobService, state: LibraryState): SidecarHealth {
  const { library, reason } = state.current();
  return {
    status: library === null ? "degraded" : "ok",
    protocol: SIDECAR_PROTOCOL,
    training: {
      available: library !== null,
      reason,
      library_version: library?.version ?? null,
      library_path: library?.path ?? null,
      cuda: library?.cuda ?? false,
      queued: jobs.count("queued"),
      running: jobs.count("running"),
    },
  };
}
