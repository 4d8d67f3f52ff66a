import { calibrate } from "../../../shared/calibration/calibrator.ts";
import { AppError } from "../../../shared/errors.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { type ModelCard, sourceKeys } from "../../../shared/models/modelCard.ts";
import { openModelCard } from "../../../shared/models/modelSeal.ts";
import { parseTreeEnsemble } from "../../../shared/models/parseTreeEnsemble.ts";
import { predictProbability, type TreeEnsemble } from "../../../shared/models/treeEnsemble.ts";
import type { ModelVersion } from "../../../shared/ports/tracking.ts";
import type { Ports } from "../ports.ts";

/** A registered version as it answers. */
export interface VersionModel {
  readonly version: string;
  readonly card: ModelCard;
  readonly trees: TreeEnsemble;
}

/** @throws invalid_model (503) where its files are not in the lake or cannot be read, model_corrupt (503) where they were changed */
export async function readVersionModel(
  ports: Pick<Ports, "lake">,
  { version, source }: Pick<ModelVersion, "version" | "source">,
): Promise<VersionModel> {
  const keys = sourceKeys(source);
  const [card, model] = await Promise.all([ports.lake.get(keys.card), ports.lake.get(keys.json)]);
  if (!card || !model) {
    throw new AppError(
      "invalid_model",
      `Version ${version}, which was in Production, has no model in the lake: its answers cannot be made again.`,
      { status: 503 },
    );
  }
  const opened = openModelCard(card, model, source).card;
  return { version, card: opened, trees: parseTreeEnsemble(model, opened.feature_names) };
}

/**
 * The probabilities that it serves of rows of a set. A feature that the set does not have, since nothing was said of it in all its time, is
 * missing to the model.
 */
export function answersOf({ card, trees }: VersionModel, set: TrainingSet, rows: readonly number[]): Float64Array {
  const inputs = trees.feature_names.map((name) => set.features[set.feature_names.indexOf(name)]);
  return Float64Array.from(rows, (row) => {
    const x = Float32Array.from(inputs, (column) => column?.[row] ?? Number.NaN);
    return calibrate(card.calibration, predictProbability(trees, x));
  });
}
