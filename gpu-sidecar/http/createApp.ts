import { Hono } from "hono";
import { AppError } from "../../shared/errors.ts";
import type { SentimentService } from "../sentiment/sentimentService.ts";
import type { DatasetStore } from "../training/datasetStore.ts";
import type { JobService } from "../training/jobService.ts";
import type { LibraryState } from "../xgboost/libraryState.ts";
import { datasetRoutes } from "./datasetRoutes.ts";
import { errorResponse } from "./errorResponse.ts";
import { healthRoute } from "./healthRoute.ts";
import { jobRoutes } from "./jobRoutes.ts";
import { requireToken } from "./requireToken.ts";
import { sentimentRoutes } from "./sentimentRoutes.ts";

export interface AppParts {
  readonly jobs: JobService;
  readonly datasets: DatasetStore;
  readonly library: LibraryState;
  readonly sentiment: SentimentService;
  /** /v1 asks for it; /health does not, so that any supervisor can watch. */
  readonly token: string | null;
  readonly log: (line: string) => void;
}

export function createApp({ jobs, datasets, library, sentiment, token, log }: AppParts): Hono {
  const app = new Hono();
  app.onError((error, c) => errorResponse(c, error, log));
  app.notFound((c) => errorResponse(c, new AppError("not_found", `there is no ${c.req.method} ${c.req.path}`, { status: 404 }), log));
  if (token !== null) app.use("/v1/*", requireToken(token));
  app.route("/health", healthRoute(jobs, library, sentiment));
  app.route("/v1/datasets", datasetRoutes(datasets));
  app.route("/v1/training/jobs", jobRoutes(jobs));
  app.route("/v1/sentiment", sentimentRoutes(sentiment));
  return app;
}
