import { toIso } from "../domain/instant.ts";
import type { ModelCard } from "../models/modelCard.ts";
import { PYFUNC_MODULE } from "./pyfuncLoader.ts";

/** The Python that the newest XGBoost wants; older ones get along with what pip finds for them. */
const PYTHON_VERSION = "3.12";
/** Below 3.1 XGBoost reads the file and predicts otherwise. */
const REQUIREMENTS = ["mlflow", "numpy", "pandas", "xgboost>=3.1,<4"] as const;
/** Of the ONNX library that first knew the operators of the file. */
const ONNX_VERSION = "1.12.0";

/** The files that MLflow looks for beside a model, by name. */
export function mlflowFiles(card: ModelCard): Readonly<Record<string, string>> {
  return {
    MLmodel: mlmodelYaml(card),
    "requirements.txt": lines(REQUIREMENTS),
    "python_env.yaml": lines([`python: '${PYTHON_VERSION}'`, "build_dependencies: [pip]", "dependencies: ['-r requirements.txt']"]),
    "conda.yaml": lines([
      "name: mlflow-env",
      "channels: [conda-forge]",
      "dependencies:",
      `- python=${PYTHON_VERSION}`,
      "- pip",
      "- pip:",
      ...REQUIREMENTS.map((requirement) => `  - '${requirement}'`),
    ]),
  };
}

/** MLflow's descriptor of a saved model, so that load_model of its xgboost, onnx and pyfunc flavors opens the folder as it is. */
export function mlmodelYaml(card: ModelCard): string {
  return lines([
    "artifact_path: model",
    "flavors:",
    "  onnx:",
    "    code: null",
    "    data: model.onnx",
    "    onnx_session_options: null",
    `    onnx_version: ${ONNX_VERSION}`,
    "    providers: [CPUExecutionProvider]",
    "  python_function:",
    "    code: code",
    "    data: .",
    "    env:",
    "      conda: conda.yaml",
    "      virtualenv: python_env.yaml",
    `    loader_module: ${PYFUNC_MODULE}`,
    `    python_version: '${PYTHON_VERSION}'`,
    "  xgboost:",
    "    code: null",
    "    data: model.ubj",
    "    model_class: xgboost.core.Booster",
    "    model_format: ubj",
    `    xgb_version: ${card.library_version}`,
    `model_uuid: ${card.run_id}`,
    `run_id: ${card.run_id}`,
    "signature:",
    `  inputs: ${quoted(JSON.stringify(inputsOf(card.feature_names)))}`,
    `  outputs: ${quoted(JSON.stringify([{ type: "tensor", "tensor-spec": { dtype: "float32", shape: [-1] } }]))}`,
    "  params: null",
    `utc_time_created: '${toIso(card.trained_until).replace("T", " ").replace("Z", "")}'`,
  ]);
}

/** Every input is a double: whole numbers with gaps are none in pandas, and would not fit a column of integers. */
function inputsOf(feature_names: readonly string[]) {
  return feature_names.map((name) => ({ type: "double", name, required: true }));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function lines(parts: readonly string[]): string {
  return `${parts.join("\n")}\n`;
}
