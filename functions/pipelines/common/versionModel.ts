import { calibrate } from "../../../shared/calibration/calibrator.ts";
import { AppError } from "../../../shared/errors.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { type ModelCard, sourceKeys } from "../../../shared/models/modelCard.ts";
import { openModelCard } from "../../../shared/models/modelSeal.ts";
import { type OpenModel, openModel } from "../../../shared/models/openModel.ts";
import type { ModelVersion } from "../../../shared/ports/tracking.ts";
import type { Ports } from "../ports.ts";

/** A registered version as it answers. */
export interface VersionModel {
  readonly version: string;
  readonly card: ModelCard;
  readonly ask: OpenModel["ask"];
}

/** @throws invalid_model (503) where its files are not in the lake or cannot be read, model_corrupt (503) where they were changed */
export async function readVersionModel(
  ports: Pick<Ports, "lake" | "onnx">,
  { version, source }: Pick<ModelVersion, "version" | "source">,
): Promise<VersionModel> {
  const keys = sourceKeys(source);
  const [card, json] = await Promise.all([ports.lake.get(keys.card), ports.lake.get(keys.json)]);
  const model = json ?? (await ports.lake.get(keys.onnx));
  if (!card || !model) {
    throw new AppError("invalid_model", `Version ${version} has no model in the lake under ${source}: its answers cannot be made again.`, {
      status: 503,
    });
  }
  const opened = openModelCard(card, model, source).card;
  const { ask } = await openModel(opened, model, ports.onnx);
  return { version, card: opened, ask };
}

/** The probabilities that it serves of rows of a set. */
export async function answersOf(model: VersionModel, set: TrainingSet, rows: readonly number[]): Promise<Float64Array> {
  if (rows.length === 0) return new Float64Array(0);
  return Float64Array.from(await model.ask(inputsOf(model, set, rows)), (raw) => calibrate(model.card.calibration, raw));
}

/**
 * Its inputs of rows of a set, row-major. A feature that the set does not have, since nothing was said of it in all its time, is missing to
 * the model.
 */
export function inputsOf({ card }: Pick<VersionModel, "card">, set: TrainingSet, rows: readonly number[]): Float32Array {
  const inputs = card.feature_names.map((name) => set.features[set.feature_names.indexOf(name)]);
  const matrix = new Float32Array(rows.length * inputs.length);
  for (const [index, row] of rows.entries()) {
    for (const [column, values] of inputs.entries()) matrix[index * inputs.length + column] = values?.[row] ?? Number.NaN;
  }
  return matrix;
}
