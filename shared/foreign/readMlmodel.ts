import { parse } from "yaml";
import { z } from "zod";
import { toAppError } from "../errors.ts";
import { foreignRefusal } from "./foreignRefusal.ts";

/** An input as MLflow's signature has it. */
export interface SignatureInput {
  readonly name: string;
  readonly type: string;
}

/** What MLflow's descriptor says of a model that can be looked at here. */
export interface ForeignDescriptor {
  readonly flavor: "xgboost" | "onnx";
  /** The model's file, below the descriptor's folder. */
  readonly file: string;
  /** True where MLflow would load it as a scikit-learn estimator, which predicts with the best round and not with the last. */
  readonly is_estimator: boolean;
  readonly inputs: readonly SignatureInput[];
}

const flavorSchema = z.object({ data: z.string().min(1), model_class: z.string().optional() });
const descriptorSchema = z.object({
  flavors: z.record(z.string(), z.unknown()),
  signature: z.object({ inputs: z.string() }).nullish(),
});
const inputsSchema = z.array(z.object({ name: z.string().optional(), type: z.string() }));

/**
 * Reads MLmodel. Throws invalid_model, with what to do about it, for flavors that are not served and for a model without a signature by
 * names: without them nobody knows which number goes where.
 */
export function readMlmodel(text: string): ForeignDescriptor {
  const descriptor = descriptorSchema.safeParse(parseYaml(text));
  if (!descriptor.success) throw foreignRefusal(`its MLmodel is not MLflow's: ${z.prettifyError(descriptor.error)}`);
  const { flavors, signature } = descriptor.data;
  const flavor = (["xgboost", "onnx"] as const).find((name) => flavors[name] !== undefined);
  if (!flavor) {
    throw foreignRefusal(
      `its flavors are ${Object.keys(flavors).join(", ") || "none"}; models of the flavors xgboost and onnx are served.`,
    );
  }
  const found = flavorSchema.safeParse(flavors[flavor]);
  if (!found.success) throw foreignRefusal(`its flavor ${flavor} does not say where its file is: ${z.prettifyError(found.error)}`);
  const { data: file, model_class = "xgboost.core.Booster" } = found.data;
  if (file.split("/").includes("..")) throw foreignRefusal(`its file ${file} lies outside its folder.`);
  return { flavor, file, is_estimator: isEstimator(flavor, model_class), inputs: inputsOf(signature?.inputs) };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw foreignRefusal(`its MLmodel is no YAML: ${toAppError(cause).message}`);
  }
}

function isEstimator(flavor: string, model_class: string): boolean {
  if (flavor === "onnx" || model_class === "xgboost.core.Booster") return false;
  if (model_class === "xgboost.sklearn.XGBClassifier") return true;
  throw foreignRefusal(`it is a ${model_class}; a Booster or an XGBClassifier gives a probability.`);
}

function inputsOf(json: string | undefined): readonly SignatureInput[] {
  const advice = "Log it with a signature that was inferred from a DataFrame: mlflow.models.infer_signature(rows).";
  if (json === undefined) throw foreignRefusal(`it has no signature. ${advice}`);
  const inputs = inputsSchema.safeParse(parseYaml(json));
  if (!inputs.success) throw foreignRefusal(`its signature's inputs cannot be read: ${z.prettifyError(inputs.error)}`);
  return inputs.data.map(({ name, type }) => {
    if (name === undefined) throw foreignRefusal(`its signature does not name its inputs. ${advice}`);
    return { name, type };
  });
}
