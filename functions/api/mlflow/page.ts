import { askGraphql, type GraphqlAnswer, getRunFile, getVersionFile } from "../../../shared/contracts/mlflow/page.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { AppError } from "../../../shared/errors.ts";
import { MODEL_VERSION_RULES } from "../../../shared/mlflow/filter/searchRules.ts";
import { shownType } from "../../../shared/mlflow/shownType.ts";
import { requireExperiment } from "./experiments.ts";
import { fileOf, pathUnder } from "./fileOf.ts";
import { graphqlExperiment, graphqlRun } from "./graphqlViews.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { originOf } from "./originOf.ts";
import { requireVersion } from "./requireModel.ts";
import { requireRun, requireRunInfo, runIdOf } from "./requireRun.ts";
import { searchOf } from "./searchOf.ts";

const MOST_VERSIONS_SHOWN = 100;

/** What MLflow's own web page asks beside the REST API. `fx mlflow-ui` sends its questions here. */
export function pageRoutes(options: MlflowRouteOptions): MountedRoute[] {
  const { runs, registry, artifacts } = options;
  const answers = graphqlOperations(options);
  return [
    handle(askGraphql, ({ body: { operationName, variables } }, context) => {
      const operation = answers[operationName];
      if (operation) return operation(variables, originOf(context));
      const known = Object.keys(answers).join(", ");
      return { data: null, errors: [`The operation '${operationName}' is not answered here; these are: ${known}.`] };
    }),
    handle(getRunFile, async ({ query: { path, ...ids } }) => {
      const info = await requireRunInfo(runs, runIdOf(ids));
      return fileOf(artifacts, pathUnder(info.artifact_uri, path), shownType(path));
    }),
    handle(getVersionFile, async ({ query: { path, name, version } }) => {
      const { storage_location } = await requireVersion(registry, name, version);
      return fileOf(artifacts, pathUnder(storage_location, path), shownType(path));
    }),
  ];
}

interface Variables {
  readonly input?: { readonly experimentId: string } | undefined;
  readonly data?: { readonly runId?: string | undefined; readonly runUuid?: string | undefined } | undefined;
}

/** By the operation's name: the page's queries ask for fixed shapes, so that their text need not be read. */
function graphqlOperations(
  options: MlflowRouteOptions,
): Readonly<Record<string, (variables: Variables, origin: string) => Promise<GraphqlAnswer>>> {
  const { experiments, runs, registry } = options;
  return {
    MlflowGetExperimentQuery: ({ input }) =>
      answer("mlflowGetExperiment", async () => ({
        mlflowGetExperiment: {
          apiError: null,
          experiment: graphqlExperiment(await requireExperiment(experiments, input?.experimentId ?? "")),
        },
      })),
    GetRun: ({ data }, origin) =>
      answer("mlflowGetRun", async () => {
        const run = await requireRun(runs, runIdOf({ run_id: data?.runId, run_uuid: data?.runUuid }));
        const asked = { filter: `run_id = '${run.info.run_id}'`, order_by: [], max_results: MOST_VERSIONS_SHOWN };
        const [experiment, versions] = await Promise.all([
          requireExperiment(experiments, run.info.experiment_id),
          registry.searchVersions(searchOf(asked, MODEL_VERSION_RULES)),
        ]);
        return { mlflowGetRun: { apiError: null, run: graphqlRun(run, experiment, versions.slice(0, MOST_VERSIONS_SHOWN), origin) } };
      }),
  };
}

/** What is not there, or was asked for wrongly, is told in the answer, whose status is 200 all the same: the page asks again after any other. */
async function answer(
  field: "mlflowGetExperiment" | "mlflowGetRun",
  ask: () => Promise<NonNullable<GraphqlAnswer["data"]>>,
): Promise<GraphqlAnswer> {
  try {
    return { data: await ask(), errors: null };
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return { data: { [field]: null }, errors: [error.message] };
    throw error;
  }
}
