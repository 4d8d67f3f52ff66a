import { Hono } from "hono";
import type { SidecarHealth } from "../../shared/contracts/training.ts";
import type { JobService } from "../training/jobService.ts";
import type { LibraryState } from "../xgboost/libraryState.ts";

/** GET /health: always 200 while the process lives; `degraded` says that training is not possible, and how to mend it. */
export function healthRoute(jobs: JobService, library: LibraryState): Hono {
  return new Hono().get("/", (c) => c.json(describeHealth(jobs, library)));
}

function describeHealth(jobs: JobService, state: LibraryState): SidecarHealth {
  const { library, reason } = state.current();
  return {
    status: library === null ? "degraded" : "ok",
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
