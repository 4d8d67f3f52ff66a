import {
  createExperiment,
  deleteExperiment,
  deleteExperimentTag,
  type ExperimentView,
  getExperiment,
  getExperimentByName,
  restoreExperiment,
  searchDatasets,
  searchExperimentsByGet,
  searchExperimentsByPost,
  setExperimentTag,
  updateExperiment,
} from "../../../shared/contracts/mlflow/experiments.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import type { BodyOf } from "../../../shared/contracts/route/routeTypes.ts";
import { EXPERIMENT_RULES } from "../../../shared/mlflow/filter/searchRules.ts";
import { experimentTagOf, requireExperimentId, requireExperimentName } from "../../../shared/mlflow/limits.ts";
import { alreadyExists, doesNotExist, invalidParameter, permissionDenied } from "../../../shared/mlflow/mlflowErrors.ts";
import { pageOf } from "../../../shared/mlflow/pageToken.ts";
import { isTrainingExperiment } from "../../../shared/models/experimentName.ts";
import type { Experiment, ExperimentStore } from "../../../shared/ports/experimentStore.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { searchOf, stagesOf } from "./searchOf.ts";

const MOST_DATASETS = 1_000;
const MOST_EXPERIMENTS_ASKED = 20;

export function experimentRoutes({ experiments, runs, clock }: MlflowRouteOptions): MountedRoute[] {
  const setStage = async (id: string, from: Experiment["lifecycle_stage"], to: Experiment["lifecycle_stage"]) => {
    const { experiment_id, lifecycle_stage, name } = await requireExperiment(experiments, id);
    if (lifecycle_stage !== from) throw doesNotExist(`No Experiment with id=${experiment_id} exists`);
    if (to === "deleted") requireForeign(name, "deleted");
    await experiments.setStage(experiment_id, to, clock.now());
    return {};
  };
  const search = async ({ view_type, ...asked }: BodyOf<typeof searchExperimentsByPost>) => {
    const query = searchOf(asked, EXPERIMENT_RULES);
    const { rows, ...next } = pageOf(await experiments.search({ ...query, stages: stagesOf(view_type) }), query.page);
    return { experiments: rows.map(viewOf), ...next };
  };
  return [
    handle(createExperiment, async ({ body: { name, artifact_location, tags } }) => {
      const experiment_id = await experiments.create({
        name: requireExperimentName(name),
        artifact_location: artifact_location ? requireLocation(artifact_location) : null,
        tags: tags.map(experimentTagOf),
        at: clock.now(),
      });
      if (experiment_id === null) throw alreadyExists(`Experiment(name=${name}) already exists.`);
      return { experiment_id };
    }),
    handle(getExperiment, async ({ query }) => ({ experiment: viewOf(await requireExperiment(experiments, query.experiment_id)) })),
    handle(getExperimentByName, async ({ query: { experiment_name } }) => {
      const found = await experiments.named(experiment_name);
      if (!found) throw doesNotExist(`Could not find experiment with name '${experiment_name}'`);
      return { experiment: viewOf(found) };
    }),
    handle(searchExperimentsByPost, ({ body }) => search(body)),
    handle(searchExperimentsByGet, ({ query }) => search(query)),
    handle(deleteExperiment, ({ body }) => setStage(body.experiment_id, "active", "deleted")),
    handle(restoreExperiment, ({ body }) => setStage(body.experiment_id, "deleted", "active")),
    handle(updateExperiment, async ({ body: { experiment_id, new_name } }) => {
      const { name } = await requireActive(experiments, experiment_id);
      if (!new_name || new_name === name) return {};
      requireForeign(name, "renamed");
      const renamed = await experiments.rename(requireExperimentId(experiment_id), requireExperimentName(new_name), clock.now());
      if (!renamed) throw alreadyExists(`Experiment(name=${new_name}) already exists.`);
      return {};
    }),
    handle(setExperimentTag, async ({ body: { experiment_id, ...tag } }) => {
      const found = await requireActive(experiments, experiment_id);
      await experiments.setTag(found.experiment_id, experimentTagOf(tag));
      return {};
    }),
    handle(deleteExperimentTag, async ({ body: { experiment_id, key } }) => {
      const found = await requireActive(experiments, experiment_id);
      if (await experiments.deleteTag(found.experiment_id, key)) return {};
      throw doesNotExist(`No tag with name: ${key} in experiment with id ${experiment_id}`);
    }),
    handle(searchDatasets, async ({ body: { experiment_ids } }) => {
      if (experiment_ids.length === 0 || experiment_ids.length > MOST_EXPERIMENTS_ASKED)
        throw invalidParameter(`SearchDatasets request must specify from 1 to ${MOST_EXPERIMENTS_ASKED} experiment_ids.`);
      const found = await runs.usedDatasets(experiment_ids.map(requireExperimentId), MOST_DATASETS);
      return { dataset_summaries: found.map(({ context, ...dataset }) => ({ ...dataset, ...(context === null ? {} : { context }) })) };
    }),
  ];
}

/** Throws RESOURCE_DOES_NOT_EXIST. Deleted ones are there. */
export async function requireExperiment(experiments: ExperimentStore, experiment_id: string): Promise<Experiment> {
  const id = requireExperimentId(experiment_id);
  const found = await experiments.get(id);
  if (found) return found;
  throw doesNotExist(`No Experiment with id=${id} exists`);
}

export async function requireActive(experiments: ExperimentStore, experiment_id: string): Promise<Experiment> {
  const found = await requireExperiment(experiments, experiment_id);
  if (found.lifecycle_stage === "active") return found;
  throw invalidParameter(`The experiment ${found.experiment_id} must be in the 'active' state. Current state is deleted.`);
}

/** A path without a scheme would be one of this server's own disk, which is nobody's but the server's. */
function requireLocation(artifact_location: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/?/i.test(artifact_location) && !artifact_location.startsWith("runs:")) return artifact_location;
  throw invalidParameter(
    `artifact_location: '${artifact_location}' is not a location with a scheme, like mlflow-artifacts:/path or s3://bucket.`,
  );
}

function requireForeign(name: string, what: string): void {
  if (isTrainingExperiment(name))
    throw permissionDenied(`The experiment '${name}' is what the training pipeline logs to; it cannot be ${what}.`);
}

function viewOf({ tags, ...experiment }: Experiment): ExperimentView {
  return { ...experiment, tags: [...tags] };
}
