import type { Instant } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { type ModelCard, modelCardSchema, sourceKeys } from "../../../shared/models/modelCard.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import type { ObjectStore } from "../../../shared/ports/objectStore.ts";
import type { ModelVersion } from "../../../shared/ports/tracking.ts";
import type { Ports } from "../ports.ts";

/** The version of an instrument's model that was in Production at `as_of`; null when none was. */
export function productionVersion(ports: Ports, instrument: string, as_of: Instant): Promise<ModelVersion | null> {
  return ports.tracking.productionAt(modelNameOf(instrument), as_of);
}

export async function readModelCard(
  ports: { readonly lake: Pick<ObjectStore, "get"> },
  version: Pick<ModelVersion, "name" | "version" | "source">,
): Promise<ModelCard> {
  const bytes = await ports.lake.get(sourceKeys(version.source).card);
  if (!bytes)
    throw new AppError("invalid_model", `${version.name}/${version.version} has no model card in the lake under ${version.source}.`);
  const card = modelCardSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (card.success) return card.data;
  throw new AppError("invalid_model", `The model card of ${version.name}/${version.version} cannot be read: ${card.error.message}`);
}
