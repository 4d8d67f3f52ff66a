import {
  createRegisteredModel,
  deleteAlias,
  deleteRegisteredModel,
  deleteRegisteredModelTag,
  getByAlias,
  getLatestVersions,
  getLatestVersionsByGet,
  getRegisteredModel,
  renameRegisteredModel,
  searchRegisteredModels,
  setAlias,
  setRegisteredModelTag,
  updateRegisteredModel,
} from "../../../shared/contracts/mlflow/registeredModels.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { REGISTERED_MODEL_RULES } from "../../../shared/mlflow/filter/searchRules.ts";
import { registryTagOf } from "../../../shared/mlflow/limits.ts";
import { alreadyExists, doesNotExist, invalidParameter, permissionDenied } from "../../../shared/mlflow/mlflowErrors.ts";
import { requireAlias, requireFreeAlias, requireModelName, requireStage } from "../../../shared/mlflow/modelNames.ts";
import { pageOf } from "../../../shared/mlflow/pageToken.ts";
import { isServedName } from "../../../shared/models/modelName.ts";
import type { RegisteredModel } from "../../../shared/ports/modelRegistry.ts";
import { clientActor } from "./clientActor.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { requireModel, requireVersion } from "./requireModel.ts";
import { searchOf } from "./searchOf.ts";
import { viewOfModel, viewOfVersion } from "./viewOfModel.ts";

const MOST_MODELS = 1_000;

export function registeredModelRoutes({ registry, clock }: MlflowRouteOptions): MountedRoute[] {
  const answer = async (name: string) => ({ registered_model: viewOfModel(await requireModel(registry, name)) });
  const latest = async (asked: string, stages: readonly string[]) => {
    const { latest_versions } = await requireModel(registry, asked);
    const wanted = stages.map(requireStage);
    const found = latest_versions.filter(({ current_stage }) => wanted.length === 0 || wanted.includes(current_stage));
    return { model_versions: found.map(viewOfVersion) };
  };
  return [
    handle(createRegisteredModel, async ({ body: { name, description, tags } }) => {
      // A client that registers a version makes the model first, and goes on where it is told that there is one.
      if ((await registry.model(requireModelName(name))) === null) requireForeignName(name, "made");
      const made = await registry.createModel(name, description, tags.map(registryTagOf), clock.now());
      if (!made) throw alreadyExists(`Registered Model (name=${name}) already exists.`);
      return answer(name);
    }),
    handle(getRegisteredModel, ({ query: { name } }) => answer(requireModelName(name))),
    handle(updateRegisteredModel, async ({ body: { name, description } }) => {
      await requireModel(registry, name);
      await registry.describeModel(name, description, clock.now());
      return answer(name);
    }),
    handle(renameRegisteredModel, async ({ body: { name, new_name } }) => {
      requireModelName(new_name);
      await requireModel(registry, name);
      for (const one of [name, new_name]) requireForeignName(one, "renamed");
      if (await registry.renameModel(name, new_name, clock.now())) return answer(new_name);
      throw alreadyExists(`Registered Model (name=${new_name}) already exists.`);
    }),
    handle(deleteRegisteredModel, async ({ body: { name } }) => {
      await requireModel(registry, name);
      await registry.deleteModel(requireForeignName(name, "deleted"), clock.now());
      return {};
    }),
    handle(searchRegisteredModels, async ({ query: asked }) => {
      const query = searchOf(asked, REGISTERED_MODEL_RULES, MOST_MODELS);
      const { rows, ...next } = pageOf(await registry.searchModels(query), query.page);
      return { registered_models: rows.map(viewOfModel), ...next };
    }),
    handle(getLatestVersions, ({ body: { name, stages } }) => latest(name, stages)),
    handle(getLatestVersionsByGet, ({ query: { name, stages } }) => latest(name, stages)),
    handle(setRegisteredModelTag, async ({ body: { name, ...tag } }) => {
      await requireModel(registry, name);
      await registry.setModelTag(name, registryTagOf(tag));
      return {};
    }),
    handle(deleteRegisteredModelTag, async ({ body: { name, key } }) => {
      await requireModel(registry, name);
      await registry.deleteModelTag(name, key);
      return {};
    }),
    handle(setAlias, async ({ body: { name, alias, version } }, context) => {
      const found = await requireVersion(registry, name, version);
      await registry.setAlias(name, requireFreeAlias(alias), found.version, clock.now(), clientActor(context));
      return {};
    }),
    handle(deleteAlias, async ({ body: { name, alias } }, context) => {
      await requireModel(registry, name);
      await registry.setAlias(name, requireAlias(alias), null, clock.now(), clientActor(context));
      return {};
    }),
    handle(getByAlias, async ({ query: { name, alias } }) => {
      const model = await requireModel(registry, name);
      return { model_version: viewOfVersion(await requireVersion(registry, name, versionOf(model, requireAlias(alias)))) };
    }),
  ];
}

function versionOf({ name, aliases, latest_versions }: RegisteredModel, alias: string): string {
  const found = aliases.find((one) => one.alias === alias)?.version;
  if (found !== undefined) return found;
  if (alias.toLowerCase() !== "latest") throw invalidParameter(`Registered model alias ${alias} not found.`);
  const highest = Math.max(0, ...latest_versions.map(({ version }) => Number(version)));
  if (highest > 0) return String(highest);
  throw doesNotExist(`Latest version not found for model ${name}.`);
}

/** A name that /predict is not served by: who made one could have another model served, who deleted one none. */
export function requireForeignName(name: string, what: string): string {
  if (!isServedName(name)) return name;
  throw permissionDenied(`${name} is a model that training registers and /predict is served by; it cannot be ${what} by a client.`);
}
