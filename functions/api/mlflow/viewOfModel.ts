import type { ModelVersionView } from "../../../shared/contracts/mlflow/modelVersions.ts";
import type { RegisteredModelView } from "../../../shared/contracts/mlflow/registeredModels.ts";
import { artifactUriOf } from "../../../shared/mlflow/artifactUri.ts";
import type { RegisteredModel, RegistryVersion } from "../../../shared/ports/modelRegistry.ts";

export function viewOfModel({ tags, aliases, latest_versions, ...model }: RegisteredModel): RegisteredModelView {
  return { ...model, latest_versions: latest_versions.map(viewOfVersion), tags: [...tags], aliases: [...aliases] };
}

/** What is registered can be used: it was checked before. */
export function viewOfVersion({ storage_location: _, source, model_id, tags, aliases, ...version }: RegistryVersion): ModelVersionView {
  return {
    ...version,
    source: artifactUriOf(source),
    status: "READY",
    tags: [...tags],
    aliases: [...aliases],
    ...(model_id === null ? {} : { model_id }),
  };
}
