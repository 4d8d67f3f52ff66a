import { Hono } from "hono";
import type { SentimentHealth } from "../../shared/contracts/sentiment.ts";
import type { SidecarHealth } from "../../shared/contracts/training.ts";
import type { SentimentService } from "../sentiment/sentimentService.ts";
import type { JobService } from "../training/jobService.ts";
import type { LibraryState } from "../xgboost/libraryState.ts";

/**
 * GET /health: always 200 while the process lives. `degraded` says that training is not possible, and how to mend it; reading
 * always is, and `sentiment` tells with what.
 */
export function healthRoute(jobs: JobService, library: LibraryState, sentiment: SentimentService): Hono {
  return new Hono().get("/", (c) => c.json({ ...trainingHealth(jobs, library), sentiment: sentiment.health() satisfies SentimentHealth }));
}

function trainingHealth(jobs: JobService, state: LibraryState): SidecarHealth {
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
