import { doesNotExist } from "../../../shared/mlflow/mlflowErrors.ts";
import { requireModelName, requireVersionNumber } from "../../../shared/mlflow/modelNames.ts";
import type { ModelRegistry, RegisteredModel, RegistryVersion } from "../../../shared/ports/modelRegistry.ts";

export async function requireModel(registry: ModelRegistry, name: string): Promise<RegisteredModel> {
  const found = await registry.model(requireModelName(name));
  if (found) return found;
  throw noSuchModel(name);
}

export function noSuchModel(name: string) {
  return doesNotExist(`Registered Model with name=${name} not found`);
}

export async function requireVersion(registry: ModelRegistry, name: string, version: string): Promise<RegistryVersion> {
  const found = await registry.version(requireModelName(name), requireVersionNumber(version));
  if (found) return found;
  throw doesNotExist(`Model Version (name=${name}, version=${version}) not found`);
}
