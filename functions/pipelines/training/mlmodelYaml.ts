import { toIso } from "../../../shared/domain/instant.ts";
import type { ModelCard } from "../../../shared/models/modelCard.ts";

/** MLflow's descriptor of a saved model, so that `mlflow.xgboost.load_model` opens the folder as it is. */
export function mlmodelYaml(card: ModelCard): string {
  return [
    "artifact_path: model",
    "flavors:",
    "  xgboost:",
    "    code: null",
    "    data: model.ubj",
    "    model_class: xgboost.core.Booster",
    "    model_format: ubj",
    `    xgb_version: ${card.library_version}`,
    `run_id: ${card.run_id}`,
    `utc_time_created: '${toIso(card.trained_until)}'`,
    "",
  ].join("\n");
}
