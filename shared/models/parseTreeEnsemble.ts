import { packModel } from "./packModel.ts";
import type { TreeEnsemble } from "./treeLayout.ts";
import { parseXgboostModel } from "./xgboostModel.ts";

/**
 * Reads XGBoost's JSON model (gbtree, binary:logistic; versions 2 and 3) for scoring. With `feature_names`, the model's own names must
 * be these, in this order: a row in another order would be scored without any error. Throws invalid_model.
 */
export function parseTreeEnsemble(json: string | Uint8Array, feature_names?: readonly string[]): TreeEnsemble {
  return packModel(parseXgboostModel(json), feature_names);
}
