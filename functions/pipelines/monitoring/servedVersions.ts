import { AppError } from "../../../shared/errors.ts";
import type { ModelCard } from "../../../shared/models/modelCard.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { readReference } from "./readReference.ts";

/** A version that predicted. */
export interface ServedVersion {
  readonly card: ModelCard;
  /** Share of rises in its training set: what a constant made of the same knowledge would have said. */
  readonly base_rate: number;
  /** Share of directions right that its card claims; null: it claims none. */
  readonly accuracy: number | null;
}

/** The versions that made the forecasts, by their number. */
export async function servedVersions(
  ports: Ports,
  instrument: string,
  forecasts: readonly { readonly model_version: string }[],
): Promise<ReadonlyMap<string, ServedVersion>> {
  const name = modelNameOf(instrument);
  const found = new Map<string, ServedVersion>();
  for (const number of new Set(forecasts.map(({ model_version }) => model_version))) {
    const version = await ports.tracking.version(name, number);
    if (!version) throw new AppError("invalid_model", `Predictions of ${name}/${number} are logged, and the registry has no such version.`);
    const card = await readModelCard(ports, version);
    // Of one that was trained elsewhere it is not known on what: a constant without any knowledge says 1/2.
    const base_rate = card.origin === "elsewhere" ? 0.5 : (await readReference(ports, card.dataset)).base_rate;
    found.set(number, { card, base_rate, accuracy: card.accuracy?.estimate ?? null });
  }
  return found;
}
