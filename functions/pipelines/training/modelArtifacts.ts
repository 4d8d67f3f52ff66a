import { directionReturns } from "../../../shared/backtest/directionReturns.ts";
import { viewsOf } from "../../../shared/features/modelFeatures.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import type { ViewSchema } from "../../../shared/features/viewSchema.ts";
import { mlflowFiles } from "../../../shared/mlflow/mlmodelYaml.ts";
import { PYFUNC_LOADER, PYFUNC_MODULE } from "../../../shared/mlflow/pyfuncLoader.ts";
import type { Evaluation } from "../../../shared/models/evaluation.ts";
import { featureServiceOf } from "../../../shared/models/featureServiceOf.ts";
import { type ModelCard, modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { modelCardMarkdown } from "../../../shared/models/modelCardMarkdown.ts";
import { parseTreeEnsemble } from "../../../shared/models/parseTreeEnsemble.ts";
import { onnxOfTrees } from "../../../shared/onnx/onnxOfTrees.ts";
import { confusionMatrix } from "../../../shared/pictures/confusionMatrix.ts";
import { importanceBars } from "../../../shared/pictures/importanceBars.ts";
import { pnlCurve } from "../../../shared/pictures/pnlCurve.ts";
import { reliabilityCurve } from "../../../shared/pictures/reliabilityCurve.ts";
import type { Ports } from "../ports.ts";

export interface ModelFacts {
  readonly card: ModelCard;
  readonly evaluation: Evaluation;
  /** model.json. */
  readonly json: Uint8Array;
  readonly views: readonly ViewSchema[];
}

/** What stands beside the model's own files for people and for MLflow's clients, by its path in the model's folder. */
export function modelFiles({ card, evaluation, json, views }: ModelFacts): Readonly<Record<string, string | Uint8Array>> {
  return {
    ...mlflowFiles(card),
    [`code/${PYFUNC_MODULE}.py`]: PYFUNC_LOADER,
    "model.onnx": onnxOfTrees(parseTreeEnsemble(json, card.feature_names), card.calibration),
    "model_card.md": modelCardMarkdown(card, evaluation.importance),
    "feature_service.json": `${JSON.stringify(featureServiceOf(card, viewsOf(views, card.feature_names)), null, 2)}\n`,
  };
}

/** Pictures of a run as SVG, by name: what was said against what came, what carries the model, and what trading it came to. */
export function picturesOf(set: TrainingSet, { model_name, out_of_fold, importance }: Evaluation): Readonly<Record<string, string>> {
  const { rows, predictions, raw_predictions } = out_of_fold;
  const is_calibrated = raw_predictions?.some((raw, index) => raw !== predictions[index]) ?? false;
  const pick = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row]!);
  const [y, event_time] = [pick(set.y), pick(set.event_time)];
  return {
    reliability_curve: reliabilityCurve({
      name: model_name,
      y,
      raw: raw_predictions ?? predictions,
      calibrated: is_calibrated ? predictions : null,
    }),
    feature_importance: importanceBars(model_name, importance),
    pnl_curve: pnlCurve({
      name: model_name,
      event_time,
      ...directionReturns({
        event_time,
        label_end: pick(set.label_end),
        p: predictions,
        long_net: pick(set.long_net),
        short_net: pick(set.short_net),
      }),
      rule: "every row in its direction, outside the rollover",
    }),
    confusion_matrix: confusionMatrix(model_name, y, predictions),
  };
}

/** Writes both to the lake, each picture as SVG and PNG. */
export async function writeModelArtifacts({ lake, painter }: Ports, facts: ModelFacts, pictures: Readonly<Record<string, string>>) {
  const keys = modelArtifactKeys(facts.card.run_id);
  const files = Object.entries(modelFiles(facts)).map(([name, body]) => lake.putOnce(`${keys.source}/${name}`, body, typeOf(name)));
  const painted = Object.entries(pictures).map(async ([name, svg]) => {
    await lake.putOnce(`${keys.root}/pictures/${name}.svg`, svg, "image/svg+xml");
    await lake.putOnce(`${keys.root}/pictures/${name}.png`, await painter.png(svg), "image/png");
  });
  await Promise.all([...files, ...painted]);
}

const TYPES: Readonly<Record<string, string>> = { json: "application/json", md: "text/markdown", onnx: "application/octet-stream" };

function typeOf(name: string): string {
  return TYPES[name.split(".").at(-1)!] ?? "text/plain";
}
