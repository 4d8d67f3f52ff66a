import type { Hono } from "hono";
import type { AllowedHosts } from "../../shared/contracts/allowedHosts.ts";
import { createRouteApp } from "../../shared/contracts/route/createRouteApp.ts";
import type { MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { GpuReading } from "../gpu/readGpus.ts";
import { parseBody } from "../parseBody.ts";
import type { SentimentService } from "../sentiment/sentimentService.ts";
import type { DatasetStore } from "../training/datasetStore.ts";
import type { JobService } from "../training/jobService.ts";
import type { LibraryState } from "../xgboost/libraryState.ts";
import { datasetRoutes } from "./datasetRoutes.ts";
import { healthRoutes } from "./healthRoutes.ts";
import { jobRoutes } from "./jobRoutes.ts";
import { metricsRoutes } from "./metricsRoutes.ts";
import { onnxRoutes } from "./onnxRoutes.ts";
import { pictureRoutes } from "./pictureRoutes.ts";
import { runtimeRoutes } from "./runtimeRoutes.ts";
import { sentimentRoutes } from "./sentimentRoutes.ts";
import { translateError } from "./translateError.ts";

export interface RouteParts {
  readonly jobs: JobService;
  readonly datasets: DatasetStore;
  readonly library: LibraryState;
  readonly sentiment: SentimentService;
  readonly gpus: () => Promise<readonly GpuReading[]>;
}

export interface AppParts extends RouteParts {
  /** Null: asked for by nobody. */
  readonly token: string | null;
  readonly allowed_hosts: AllowedHosts;
  readonly log: (line: string) => void;
}

const ADVICE = "this sidecar asks for a token: send Authorization: Bearer <SIDECAR_TOKEN>";

export function createApp({ token, allowed_hosts, log, ...parts }: AppParts): Hono {
  return createRouteApp({
    mounted: routesOf(parts),
    allowed_hosts,
    bearers: { sidecar_token: { token, advice: ADVICE } },
    translate: (error, context) => translateError(error, context, log),
    check: parseBody,
  });
}

/** Every route of the sidecar with what answers it. */
export function routesOf({ jobs, datasets, library, sentiment, gpus }: RouteParts): readonly MountedRoute[] {
  return [
    healthRoutes(jobs, library, sentiment),
    metricsRoutes({ jobs, library, sentiment, gpus }),
    datasetRoutes(datasets),
    ...jobRoutes(jobs),
    sentimentRoutes(sentiment),
    pictureRoutes(),
    runtimeRoutes(),
    onnxRoutes(),
  ];
}
