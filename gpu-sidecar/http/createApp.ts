import { Hono } from "hono";
import type { AllowedHosts } from "../../shared/contracts/allowedHosts.ts";
import { guardRequests } from "../../shared/contracts/guardRequests.ts";
import { unknownRoute } from "../../shared/contracts/unknownRoute.ts";
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
  readonly allowed_hosts: AllowedHosts;
  readonly log: (line: string) => void;
}

export function createApp({ jobs, datasets, library, sentiment, token, allowed_hosts, log }: AppParts): Hono {
  const app = new Hono();
  app.onError((error, c) => errorResponse(c, error, log));
  app.notFound((c) => errorResponse(c, unknownRoute(app.routes, c.req.method, c.req.path), log));
  app.use(guardRequests(allowed_hosts));
  if (token !== null) app.use("/v1/*", requireToken(token));
  app.route("/health", healthRoute(jobs, library, sentiment));
  app.route("/v1/datasets", datasetRoutes(datasets));
  app.route("/v1/training/jobs", jobRoutes(jobs));
  app.route("/v1/sentiment", sentimentRoutes(sentiment));
  return app;
}
