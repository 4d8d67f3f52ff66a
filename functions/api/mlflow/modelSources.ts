import { artifactUriOf, joinLocation } from "../../../shared/mlflow/artifactUri.ts";
import { doesNotExist, invalidParameter } from "../../../shared/mlflow/mlflowErrors.ts";
import { readModelSource } from "../../../shared/mlflow/modelSource.ts";
import type { LoggedModel, LoggedModelStore } from "../../../shared/ports/loggedModelStore.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { requireVersion } from "./requireModel.ts";
import { requireRunInfo } from "./requireRun.ts";

/** MLflow's name for the tag that says which versions a logged model is. */
const VERSIONS_TAG = "mlflow.modelVersions";

interface Asked {
  readonly source: string;
  readonly run_id: string;
  readonly model_id: string | null;
}

interface Resolved {
  /** Where the files lie. */
  readonly storage_location: string;
  readonly run_id: string;
  readonly model_id: string | null;
}

/**
 * What a version is made of, from what a client says of it. Files that are kept here must be those of the run or the model that it names:
 * a version is not to lead to what somebody else wrote.
 */
export function createSourceResolver({ runs, logged_models, registry }: MlflowRouteOptions) {
  const underRun = async (asked: Asked): Promise<Resolved> => {
    const location = artifactUriOf((await requireRunInfo(runs, asked.run_id)).artifact_uri);
    if (isUnder(asked.source, location)) return { ...asked, storage_location: asked.source };
    throw wrongSource(asked.source, `the artifacts of run ${asked.run_id} are at ${location}`);
  };
  const ofModel = async (model_id: string, { source, run_id }: Asked): Promise<Resolved> => {
    const model = await requireLoggedModel(logged_models, model_id);
    const location = artifactUriOf(model.artifact_location);
    const is_its_own = source === `models:/${model_id}` || isUnder(source, location) || !source.startsWith("mlflow-artifacts:");
    if (!is_its_own) throw wrongSource(source, `the files of model ${model_id} are at ${location}`);
    return { storage_location: source.startsWith("models:") ? location : source, run_id: run_id || model.source_run_id, model_id };
  };

  return async (asked: Asked): Promise<Resolved> => {
    const from = readModelSource(asked.source);
    if (from.type === "logged_model" && asked.model_id !== null && asked.model_id !== from.model_id)
      throw wrongSource(asked.source, `model_id says ${asked.model_id}`);
    if (from.type === "logged_model") return ofModel(from.model_id, asked);
    if (from.type === "version") {
      const { storage_location, run_id, model_id } = await requireVersion(registry, from.name, from.version);
      return { storage_location, run_id: asked.run_id || run_id, model_id: asked.model_id ?? model_id };
    }
    if (asked.model_id !== null) return ofModel(asked.model_id, asked);
    if (from.type === "run") {
      const info = await requireRunInfo(runs, from.run_id);
      return {
        storage_location: joinLocation(artifactUriOf(info.artifact_uri), from.path),
        run_id: asked.run_id || from.run_id,
        model_id: null,
      };
    }
    if (from.type === "elsewhere") return { storage_location: asked.source, run_id: asked.run_id, model_id: null };
    if (asked.run_id !== "") return underRun(asked);
    throw wrongSource(asked.source, "run_id must say which run's artifacts it is of");
  };
}

export async function requireLoggedModel(logged_models: LoggedModelStore, model_id: string): Promise<LoggedModel> {
  const found = await logged_models.get(model_id);
  if (found) return found;
  throw doesNotExist(`Logged model with ID '${model_id}' not found.`);
}

/** Says on a logged model which version it became, as MLflow's server does. */
export async function noteOnModel(
  logged_models: LoggedModelStore,
  model_id: string,
  version: { name: string; version: string },
): Promise<void> {
  const { tags } = await requireLoggedModel(logged_models, model_id);
  const earlier = readVersions(tags.find(({ key }) => key === VERSIONS_TAG)?.value);
  const is_there = earlier.some((one) => one.name === version.name && String(one.version) === version.version);
  if (is_there) return;
  const versions = [...earlier, { name: version.name, version: Number(version.version) }];
  await logged_models.setTags(model_id, [{ key: VERSIONS_TAG, value: JSON.stringify(versions) }]);
}

/** Clients may write that tag, too: what is no list of versions counts as none. */
function readVersions(text = "[]"): readonly { readonly name?: unknown; readonly version?: unknown }[] {
  try {
    const versions: unknown = JSON.parse(text);
    return Array.isArray(versions) ? versions.filter((one) => typeof one === "object" && one !== null) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isUnder(source: string, location: string): boolean {
  return source === location || source.startsWith(`${location}/`);
}

function wrongSource(source: string, why: string) {
  return invalidParameter(`Invalid model version source: '${source}': ${why}.`);
}
