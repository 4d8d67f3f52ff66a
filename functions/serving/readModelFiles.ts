import { AppError } from "../../shared/errors.ts";
import { sourceKeys } from "../../shared/models/modelCard.ts";
import { type CheckedCard, openModelCard } from "../../shared/models/modelSeal.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";

export interface ModelFiles extends CheckedCard {
  /** model.json, or model.onnx. */
  readonly model: Uint8Array;
}

/** The files of a registered version, whole: what was changed since is refused (model_corrupt). */
export async function readModelFiles(lake: Pick<ObjectStore, "get">, source: string, version: string): Promise<ModelFiles> {
  const keys = sourceKeys(source);
  const [card, json] = await Promise.all([lake.get(keys.card), lake.get(keys.json)]);
  // One of trees is the rule, and is not to wait for what else there could be.
  const model = json ?? (await lake.get(keys.onnx));
  const missing = card ? (model ? null : keys.json) : keys.card;
  if (card && model) return { ...openModelCard(card, model, source), model };
  throw new AppError(
    "invalid_model",
    `The model of version ${version} is not in the lake: ${missing} is missing. Put it back from a backup, or train anew: npm run fx -- trigger model_training`,
    { status: 503, details: { file: missing } },
  );
}
