import { AppError } from "../../shared/errors.ts";
import type { FeatureView } from "../../shared/features/featureView.ts";
import { type ModelCard, modelCardSchema, sourceKeys } from "../../shared/models/modelCard.ts";
import { parseTreeEnsemble } from "../../shared/models/parseTreeEnsemble.ts";
import { predictProbability, type TreeEnsemble } from "../../shared/models/treeEnsemble.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";

/** A model ready to answer: its trees, and where each of its inputs stands in a row of the view. */
export interface ServedModel {
  readonly card: ModelCard;
  readonly version: string;
  readonly trees: TreeEnsemble;
  readonly columns: Int32Array;
}

export interface ModelAnswer {
  readonly prediction: number;
  /** The model's inputs, in its order, as the trees saw them; NaN for missing. */
  readonly inputs: Float32Array;
}

/** Loads a version's trees and card from the lake and checks that it reads rows of `view`. */
export async function loadServedModel(lake: ObjectStore, source: string, version: string, view: FeatureView): Promise<ServedModel> {
  const keys = sourceKeys(source);
  const [cardBytes, modelBytes] = await Promise.all([lake.get(keys.card), lake.get(keys.json)]);
  if (!cardBytes || !modelBytes) {
    throw new AppError("invalid_model", `The model of version ${version} is not in the lake under ${source}.`, { status: 503 });
  }
  const card = readCard(cardBytes, source);
  if (card.view !== view.name || card.schema_hash !== view.schema_hash) {
    throw new AppError(
      "schema_mismatch",
      `${card.name}/${version} was trained on ${card.view}@${card.schema_hash}, but this installation builds ${view.name}@${view.schema_hash}. Train a model on the present features.`,
      { status: 503 },
    );
  }
  const trees = parseTreeEnsemble(modelBytes, card.feature_names);
  return { card, version, trees, columns: columnsOf(card, view) };
}

/** Probability of a rise from one row of the model's view. */
export function answer(model: ServedModel, row: Float64Array): ModelAnswer {
  const inputs = new Float32Array(model.columns.length);
  for (let i = 0; i < inputs.length; i++) inputs[i] = row[model.columns[i]!]!;
  return { prediction: predictProbability(model.trees, inputs), inputs };
}

function columnsOf(card: ModelCard, view: FeatureView): Int32Array {
  const positions = new Map(view.features.map((feature, index) => [feature.name, index]));
  return Int32Array.from(card.feature_names, (name) => {
    const position = positions.get(name);
    if (position === undefined)
      throw new AppError("schema_mismatch", `${card.name} reads ${name}, which ${view.name} does not have.`, { status: 503 });
    return position;
  });
}

function readCard(bytes: Uint8Array, source: string): ModelCard {
  try {
    return modelCardSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new AppError("invalid_model", `The model card under ${source} cannot be read.`, { status: 503, cause });
  }
}
