import { describe, expect, expectTypeOf, it } from "vitest";
import type { ErrorStatusOf } from "../../../client/told.ts";
import { ALL_ROUTES, type AllRoutes } from "../../../shared/contracts/allRoutes.ts";
import { type Route, statusesOf } from "../../../shared/contracts/route/defineRoute.ts";

/** Every route whose errors are of our own, by the statuses that it may be refused with, those of a host that is away among them. */
const REFUSED_WITH = {
  "400 401 403 404 408 409 413 414 422 429 500 503": [
    "clearDagRun",
    "clearTaskInstances",
    "triggerDagRun",
    "sendFeedback",
    "getHistoricalFeatures",
    "getOnlineFeatures",
    "materializeFeatures",
    "materializeIncremental",
    "writeToOnlineStore",
    "moveProduction",
  ],
  "400 401 403 404 408 413 414 422 429 500 503": [
    "createBackfill",
    "planBackfill",
    "patchDag",
    "patchDagRun",
    "patchMappedInstance",
    "patchTaskInstance",
    "pushFeatures",
    "predict",
    "replayDeadLetter",
    "requestReprocess",
  ],
  "400 401 403 404 409 414 429 500 503": ["cancelBackfill", "pauseBackfill", "unpauseBackfill"],
  "400 401 403 408 409 413 414 422 429 500 503": ["importCandles", "importNews"],
  "400 401 403 408 413 414 422 429 500 503": ["loginOfClient", "loginOfCommand", "predictBatch", "prune"],
  "400 401 403 414 500 503": ["drain"],
  "401 403 404 409 414 422 429 500 503": ["exportFeatures"],
  "401 403 404 409 414 429 500 503": ["readFeatureService"],
  "401 403 404 414 422 429 500 503": [
    "listCandles",
    "listPaperTrades",
    "readFeatureDrift",
    "readBronze",
    "readDagGrid",
    "listDagVersions",
    "listBackfills",
    "listDependencies",
    "listMappedDependencies",
    "listTasks",
    "listDagRuns",
    "listMissedRuns",
    "readFreshness",
    "readModelRecord",
    "readModelOutcomes",
    "readDatasetFile",
    "listPredictions",
    "readPrediction",
    "readRegistryHistory",
    "stream",
    "listMapped",
    "listMappedTries",
    "listTaskInstances",
    "listTries",
    "readLog",
    "readMappedInstance",
    "readMappedTry",
    "readTaskInstance",
    "readTry",
  ],
  "401 403 404 414 429 500 503": [
    "readArticle",
    "readEventLog",
    "readPool",
    "readBackfill",
    "readDag",
    "readDagDetails",
    "readTask",
    "readDagRun",
    "readFeature",
    "readFeatureView",
    "readModelEvaluation",
    "readModel",
    "readMetrics",
    "readMetricsOfSidecar",
    "readModelFile",
  ],
  "401 403 414 422 429 500 503": [
    "listAssets",
    "listDagTags",
    "listDagWarnings",
    "listEventLogs",
    "listImportErrors",
    "listJobs",
    "listPools",
    "listDags",
    "listModels",
    "listAlerts",
    "listReadings",
    "listRules",
    "readSeries",
    "listArticles",
    "listDatasets",
    "listRejects",
    "listDeadLetters",
  ],
  "401 403 414 429 500 503": ["readCatalogue", "readMonitoringSummary", "listNewsSources", "store"],
  "403 404 414 429 500 503": ["docsFile", "docsPage", "openapi", "readRunbook", "webFile", "webHome", "webItem", "webPage", "webPart"],
  "403 414 429 500 503": ["airflowHealth", "airflowVersion", "index", "version"],
  "403 414 500": ["health"],
  "403 414 500 503": ["livez"],
} as const;

type NumbersIn<Text> = Text extends `${infer One extends number} ${infer Rest}`
  ? One | NumbersIn<Rest>
  : Text extends `${infer One extends number}`
    ? One
    : never;
type Table = typeof REFUSED_WITH;
type Expected = { [Statuses in keyof Table as Table[Statuses][number]]: NumbersIn<Statuses> };
type Own<Name extends keyof AllRoutes> = AllRoutes[Name]["family"]["error"] extends { readonly statusOf: unknown } ? never : Name;
type OfClient = { [Name in keyof AllRoutes as Own<Name>]: ErrorStatusOf<AllRoutes[Name]> };
type Foreign = Exclude<keyof AllRoutes, keyof OfClient>;

/** 304 is no error, and who did not ask for it is not told it. */
function refusedWith(route: Route): string {
  const all = new Set([...statusesOf(route), 500, 503]);
  return [...all]
    .filter((status) => !(status in route.answers) && status !== 304)
    .sort((a, b) => a - b)
    .join(" ");
}

describe("the statuses that a call may be refused with", () => {
  it("are those of its route's contract, for every route", () => {
    const own = Object.entries(ALL_ROUTES as Readonly<Record<string, Route>>).filter(
      ([, { family }]) => family.error.statusOf === undefined,
    );
    const expected = Object.entries(REFUSED_WITH).flatMap(([statuses, names]) => names.map((name) => [name, statuses]));
    expect(Object.fromEntries(own.map(([name, route]) => [name, refusedWith(route)]))).toEqual(Object.fromEntries(expected));
  });

  it("are the same in the client's types", () => {
    expectTypeOf<OfClient>().toEqualTypeOf<Expected>();
    expectTypeOf<ErrorStatusOf<AllRoutes[Foreign]>>().toEqualTypeOf<number>();
  });
});
