import {
  createLoggedModel,
  deleteLoggedModel,
  deleteLoggedModelTag,
  finalizeLoggedModel,
  getLoggedModel,
  getLoggedModelFile,
  type LoggedModelView,
  listLoggedModelArtifacts,
  logLoggedModelParams,
  searchLoggedModels,
  setLoggedModelTags,
} from "../../../shared/contracts/mlflow/loggedModels.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { artifactUriOf, joinLocation } from "../../../shared/mlflow/artifactUri.ts";
import { LOGGED_MODEL_RULES } from "../../../shared/mlflow/filter/searchRules.ts";
import { paramOf, requireExperimentId, runTagOf } from "../../../shared/mlflow/limits.ts";
import { doesNotExist } from "../../../shared/mlflow/mlflowErrors.ts";
import { requireModelName } from "../../../shared/mlflow/modelNames.ts";
import { pageOf } from "../../../shared/mlflow/pageToken.ts";
import { runNameOf } from "../../../shared/mlflow/runName.ts";
import { shownType } from "../../../shared/mlflow/shownType.ts";
import type { LoggedModel, LoggedModelStatus, ModelMetric } from "../../../shared/ports/loggedModelStore.ts";
import { listUnder } from "./artifacts.ts";
import { requireActive } from "./experiments.ts";
import { fileOf, pathUnder } from "./fileOf.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { requireLoggedModel } from "./modelSources.ts";
import { searchOf } from "./searchOf.ts";
import { viewOfMetric } from "./viewOfRun.ts";

export function loggedModelRoutes({ experiments, logged_models, artifacts, clock, newId }: MlflowRouteOptions): MountedRoute[] {
  const answer = async (model_id: string) => ({ model: viewOf(await requireLoggedModel(logged_models, model_id)) });
  return [
    handle(createLoggedModel, async ({ body: { experiment_id, name, model_type, source_run_id, params, tags } }) => {
      const experiment = await requireActive(experiments, experiment_id);
      const model_id = `m-${newId().replaceAll("-", "")}`;
      const at = clock.now();
      await logged_models.create({
        model_id,
        experiment_id: experiment.experiment_id,
        name: name === "" ? runNameOf(model_id) : requireModelName(name),
        artifact_location: joinLocation(experiment.artifact_location, "models", model_id, "artifacts"),
        creation_timestamp_ms: at,
        last_updated_timestamp_ms: at,
        status: "PENDING",
        model_type,
        source_run_id,
        tags: tags.map(runTagOf),
        params: params.map(paramOf),
      });
      return answer(model_id);
    }),
    handle(searchLoggedModels, async ({ body: { experiment_ids, datasets, order_by, ...asked } }) => {
      const clauses = order_by.map(({ field_name, ascending }) => `${quoteKey(field_name)} ${ascending ? "ASC" : "DESC"}`);
      const query = searchOf({ ...asked, order_by: clauses }, LOGGED_MODEL_RULES);
      const found = await logged_models.search({ ...query, experiment_ids: experiment_ids.map(requireExperimentId), datasets });
      const { rows, ...next } = pageOf(found, query.page);
      return { models: rows.map(viewOf), ...next };
    }),
    handle(getLoggedModel, ({ params: { model_id } }) => answer(model_id)),
    handle(finalizeLoggedModel, async ({ params: { model_id }, body: { status } }) => {
      await requireLoggedModel(logged_models, model_id);
      await logged_models.setStatus(model_id, status.replace("LOGGED_MODEL_", "") as LoggedModelStatus, clock.now());
      return answer(model_id);
    }),
    handle(deleteLoggedModel, async ({ params: { model_id } }) => {
      await requireLoggedModel(logged_models, model_id);
      await logged_models.delete(model_id, clock.now());
      return {};
    }),
    handle(setLoggedModelTags, async ({ params: { model_id }, body: { tags } }) => {
      await requireLoggedModel(logged_models, model_id);
      await logged_models.setTags(model_id, tags.map(runTagOf));
      return answer(model_id);
    }),
    handle(deleteLoggedModelTag, async ({ params: { model_id, key } }) => {
      await requireLoggedModel(logged_models, model_id);
      if (await logged_models.deleteTag(model_id, key)) return {};
      throw doesNotExist(`No tag with key '${key}' found for model with ID '${model_id}'.`);
    }),
    handle(logLoggedModelParams, async ({ params: { model_id }, body: { params } }) => {
      await requireLoggedModel(logged_models, model_id);
      await logged_models.addParams(model_id, params.map(paramOf));
      return {};
    }),
    handle(listLoggedModelArtifacts, async ({ params: { model_id }, query: { artifact_directory_path } }) => {
      const { artifact_location } = await requireLoggedModel(logged_models, model_id);
      return { root_uri: artifactUriOf(artifact_location), files: await listUnder(artifacts, artifact_location, artifact_directory_path) };
    }),
    handle(getLoggedModelFile, async ({ params: { model_id }, query: { artifact_file_path } }) => {
      const { artifact_location } = await requireLoggedModel(logged_models, model_id);
      return fileOf(artifacts, pathUnder(artifact_location, artifact_file_path), shownType(artifact_file_path));
    }),
  ];
}

/** A metric's key stands in this order without quotes, whatever is in it. */
function quoteKey(field_name: string): string {
  const dot = field_name.indexOf(".");
  const key = field_name.slice(dot + 1);
  return dot === -1 || /^[`"]/.test(key) ? field_name : `${field_name.slice(0, dot)}.\`${key}\``;
}

function viewOf(model: LoggedModel): LoggedModelView {
  const { artifact_location, status, tags, params, metrics, ...info } = model;
  return {
    info: { ...info, artifact_uri: artifactUriOf(artifact_location), status: `LOGGED_MODEL_${status}`, tags: [...tags] },
    data: { params: [...params], metrics: metrics.map(viewOfModelMetric) },
  };
}

function viewOfModelMetric({ model_id, run_id, dataset_name, dataset_digest, ...point }: ModelMetric) {
  return {
    ...{ ...viewOfMetric(point), model_id, run_id },
    ...(dataset_name === null ? {} : { dataset_name }),
    ...(dataset_digest === null ? {} : { dataset_digest }),
  };
}
