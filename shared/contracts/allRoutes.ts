import * as airflowServer from "./airflow/server.ts";
import * as backfills from "./backfills.ts";
import * as candleImport from "./candleImport.ts";
import * as candles from "./candles.ts";
import * as control from "./control.ts";
import * as dagGrid from "./dagGrid.ts";
import * as dagList from "./dagList.ts";
import * as dagRuns from "./dagRuns.ts";
import * as docsPage from "./docsPage.ts";
import * as drain from "./drain.ts";
import * as featureDrift from "./featureDrift.ts";
import * as featureFreshness from "./featureFreshness.ts";
import * as features from "./features.ts";
import * as feedback from "./feedback.ts";
import * as frontDoor from "./frontDoor.ts";
import * as health from "./health.ts";
import * as historicalFeatures from "./historicalFeatures.ts";
import * as importNews from "./importNews.ts";
import * as metrics from "./metrics.ts";
import * as artifacts from "./mlflow/artifacts.ts";
import * as experiments from "./mlflow/experiments.ts";
import * as loggedModels from "./mlflow/loggedModels.ts";
import * as modelVersions from "./mlflow/modelVersions.ts";
import * as mlflowPage from "./mlflow/page.ts";
import * as registeredModels from "./mlflow/registeredModels.ts";
import * as runs from "./mlflow/runs.ts";
import * as mlflowServer from "./mlflow/server.ts";
import * as modelEvaluation from "./modelEvaluation.ts";
import * as modelOutcomes from "./modelOutcomes.ts";
import * as modelRecord from "./modelRecord.ts";
import * as models from "./models.ts";
import * as monitoring from "./monitoring.ts";
import * as news from "./news.ts";
import * as objects from "./objects.ts";
import * as onlineFeatures from "./onlineFeatures.ts";
import * as paperTrades from "./paperTrades.ts";
import * as predict from "./predict.ts";
import * as predictBatch from "./predictBatch.ts";
import * as predictions from "./predictions.ts";
import * as production from "./production.ts";
import * as prune from "./prune.ts";
import * as registryHistory from "./registryHistory.ts";
import * as rejects from "./rejects.ts";
import * as reprocess from "./reprocess.ts";
import { isRoute, type Route } from "./route/defineRoute.ts";
import * as runbooks from "./runbooks.ts";
import * as store from "./store.ts";
import * as stream from "./stream.ts";
import * as taskInstances from "./taskInstances.ts";
import * as webPage from "./webPage.ts";

/** The files whose routes the Worker mounts: a line a file. The sidecar's are no others' business. */
const CONTRACTS = {
  ...{
    ...airflowServer,
    ...backfills,
    ...candleImport,
    ...candles,
    ...control,
    ...dagGrid,
    ...dagList,
    ...dagRuns,
    ...docsPage,
    ...drain,
    ...featureFreshness,
  },
  ...{ ...features, ...feedback, ...frontDoor, ...health, ...historicalFeatures, ...importNews },
  ...{ ...artifacts, ...experiments, ...loggedModels, ...modelVersions, ...mlflowPage, ...registeredModels, ...runs, ...mlflowServer },
  ...{ ...modelEvaluation, ...modelOutcomes, ...modelRecord, ...models, ...metrics, ...monitoring, ...news, ...objects, ...onlineFeatures },
  ...{ ...predict, ...predictBatch, ...predictions, ...production, ...prune, ...registryHistory, ...rejects, ...reprocess },
  ...{ ...runbooks, ...store, ...stream, ...taskInstances, ...webPage, ...featureDrift, ...paperTrades },
};

/** predictRoute is called predict, and listPredictions as it is. */
type NameOf<Exported> = Exported extends `${infer Name}Route` ? Name : Exported & string;
type RoutesIn<Exports> = {
  readonly [Exported in keyof Exports as Exports[Exported] extends Route ? NameOf<Exported> : never]: Exports[Exported];
};

/** Every route of the Worker by its name: its operationId in OpenAPI, and its method in the typed client. */
export type AllRoutes = RoutesIn<typeof CONTRACTS>;

export const ALL_ROUTES = Object.fromEntries(
  Object.entries(CONTRACTS)
    .filter(([, exported]) => isRoute(exported))
    .map(([exported, route]) => [exported.replace(/Route$/, ""), route]),
) as unknown as AllRoutes;

const NAMES: ReadonlyMap<Route, string> = new Map(
  Object.entries(ALL_ROUTES as Readonly<Record<string, Route>>).map(([name, route]) => [route, name]),
);

/** Undefined for a route that the Worker does not mount. */
export function routeName(route: Route): string | undefined {
  return NAMES.get(route);
}
