import {
  createModelVersion,
  deleteModelVersion,
  deleteModelVersionTag,
  getDownloadUri,
  getModelVersion,
  MOST_VERSIONS,
  searchModelVersions,
  setModelVersionTag,
  updateModelVersion,
} from "../../../shared/contracts/mlflow/modelVersions.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { artifactUriOf, isOfPipelines } from "../../../shared/mlflow/artifactUri.ts";
import { MODEL_VERSION_RULES } from "../../../shared/mlflow/filter/searchRules.ts";
import { registryTagOf } from "../../../shared/mlflow/limits.ts";
import { permissionDenied } from "../../../shared/mlflow/mlflowErrors.ts";
import { requireModelName } from "../../../shared/mlflow/modelNames.ts";
import { pageOf } from "../../../shared/mlflow/pageToken.ts";
import { isServedName } from "../../../shared/models/modelName.ts";
import { isVerdict } from "../../../shared/models/verdictTag.ts";
import type { KeyValue } from "../../../shared/ports/experimentStore.ts";
import type { RegistryVersion } from "../../../shared/ports/modelRegistry.ts";
import { clientActor } from "./clientActor.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { createSourceResolver, noteOnModel } from "./modelSources.ts";
import { noSuchModel, requireVersion } from "./requireModel.ts";
import { searchOf } from "./searchOf.ts";
import { viewOfVersion } from "./viewOfModel.ts";

export function modelVersionRoutes(options: MlflowRouteOptions): MountedRoute[] {
  const { registry, logged_models, tracking, clock } = options;
  const resolve = createSourceResolver(options);
  const answer = async (name: string, version: string) => ({ model_version: viewOfVersion(await requireVersion(registry, name, version)) });
  return [
    handle(createModelVersion, async ({ body: { name, source, run_id, model_id, tags, ...said } }) => {
      requireModelName(name);
      const from = await resolve({ source, run_id, model_id: model_id || null });
      const version = await registry.createVersion({
        name,
        source,
        ...from,
        ...said,
        tags: requireNoVerdict(tags.map(registryTagOf)),
        at: clock.now(),
      });
      if (version === null) throw noSuchModel(name);
      if (from.model_id !== null) await noteOnModel(logged_models, from.model_id, version);
      return { model_version: viewOfVersion(version) };
    }),
    handle(getModelVersion, ({ query: { name, version } }) => answer(name, version)),
    handle(updateModelVersion, async ({ body: { name, version, description } }) => {
      const found = await requireVersion(registry, name, version);
      await registry.describeVersion(name, found.version, description, clock.now());
      return answer(name, version);
    }),
    handle(deleteModelVersion, async ({ body: { name, version } }, context) => {
      const found = await requireVersion(registry, name, version);
      if (isOfPipelines(found.source))
        throw permissionDenied(`${name}/${found.version} was registered by training, and its history is kept: archive it.`);
      if (
        isServedName(name) &&
        (await tracking.transitions(name)).some((move) => move.version === found.version && move.to_stage === "Production")
      )
        throw permissionDenied(`${name}/${found.version} has answered /predict, and its history is kept: archive it.`);
      await registry.deleteVersion(name, found.version, clock.now(), clientActor(context));
      return {};
    }),
    handle(searchModelVersions, async ({ query: asked }) => {
      const query = searchOf(asked, MODEL_VERSION_RULES, MOST_VERSIONS);
      const { rows, ...next } = pageOf(await registry.searchVersions(query), query.page);
      return { model_versions: rows.map(viewOfVersion), ...next };
    }),
    handle(getDownloadUri, async ({ query: { name, version } }) => {
      const { storage_location } = await requireVersion(registry, name, version);
      return { artifact_uri: artifactUriOf(storage_location) };
    }),
    handle(setModelVersionTag, async ({ body: { name, version, ...sent } }) => {
      const found = await requireVersion(registry, name, version);
      const tag = registryTagOf(sent);
      requireNoVerdict([tag]);
      requireFreeTag(found, tag.key);
      await registry.setVersionTag(name, found.version, tag);
      return {};
    }),
    handle(deleteModelVersionTag, async ({ body: { name, version, key } }) => {
      const found = await requireVersion(registry, name, version);
      requireFreeTag(found, key);
      await registry.deleteVersionTag(name, found.version, key);
      return {};
    }),
  ];
}

/** What the checks found is theirs to say, of whichever model: pages show it as found. */
function requireNoVerdict(tags: readonly KeyValue[]): readonly KeyValue[] {
  const claimed = tags.find(isVerdict);
  if (!claimed) return tags;
  throw permissionDenied(`The tag ${claimed.key} would read as the verdict of a check, which model_validation alone gives.`);
}

function requireFreeTag({ name, version, tags }: RegistryVersion, key: string): void {
  if (tags.some((tag) => tag.key === key && isVerdict(tag)))
    throw permissionDenied(`The tag ${key} of ${name}/${version} is what a check found, and stays as it was found.`);
}
