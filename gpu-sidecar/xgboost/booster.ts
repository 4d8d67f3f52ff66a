import { type CApi, type Handle, outHandle, outNumber, outText } from "./cApi.ts";
import { checkCall, requireHandle } from "./checkCall.ts";
import { copyFloats, copyNative, copyTexts } from "./copyNative.ts";
import type { DMatrix } from "./dMatrix.ts";

/** A model in the making. Native memory: free it. */
export interface Booster {
  readonly update: (iteration: number) => void;
  /** Probabilities, float32. */
  readonly predict: (matrix: DMatrix) => Float32Array;
  readonly save: (format: "ubj" | "json") => Uint8Array;
  /** The device of the saved configuration: where it really runs, once the first update is done. */
  readonly device: () => "cpu" | "cuda";
  /** Total gain by feature name; features without a split are absent. */
  readonly totalGain: () => Map<string, number>;
  /** Splits of all trees; 0 for a model that says the same of every row. */
  readonly splits: () => number;
  readonly free: () => void;
}

export type SavedBooster = Omit<Booster, "update">;

export type BoosterSettings = Readonly<Record<string, string | number>>;

export function createBooster(api: CApi, train: DMatrix, settings: BoosterSettings, featureNames: readonly string[]): Booster {
  const handle = createHandle(api, [train.handle], settings);
  // Names set on the DMatrix do not reach the saved model; on the booster they do.
  checkCall(api, api.XGBoosterSetStrFeatureInfo(handle, "feature_name", featureNames, featureNames.length));
  return {
    ...readableBooster(api, handle),
    update: (iteration) => checkCall(api, api.XGBoosterUpdateOneIter(handle, iteration, train.handle)),
  };
}

/** A model that was saved, as JSON or UBJ, for predicting and saving. It cannot be trained further. */
export function loadBooster(api: CApi, model: Uint8Array, settings: BoosterSettings): SavedBooster {
  const handle = createHandle(api, [], settings);
  checkCall(api, api.XGBoosterLoadModelFromBuffer(handle, model, model.length));
  return readableBooster(api, handle);
}

function createHandle(api: CApi, matrices: readonly Handle[], settings: BoosterSettings): Handle {
  const out = outHandle();
  checkCall(api, api.XGBoosterCreate(matrices, matrices.length, out));
  const handle = requireHandle(out[0]);
  for (const [name, value] of Object.entries(settings)) checkCall(api, api.XGBoosterSetParam(handle, name, String(value)));
  return handle;
}

function readableBooster(api: CApi, handle: Handle): SavedBooster {
  return {
    predict: (matrix) => predict(api, handle, matrix),
    save: (format) => save(api, handle, format),
    device: () => savedDevice(api, handle),
    totalGain: () => featureScores(api, handle, "total_gain"),
    splits: () => [...featureScores(api, handle, "weight").values()].reduce((sum, count) => sum + count, 0),
    free: () => checkCall(api, api.XGBoosterFree(handle)),
  };
}

/** type 0: the transformed prediction, a probability for binary:logistic. */
const PREDICT_CONFIG = JSON.stringify({ type: 0, training: false, iteration_begin: 0, iteration_end: 0, strict_shape: true });

function predict(api: CApi, handle: Handle, matrix: DMatrix): Float32Array {
  const [shape, dimensions, result] = [outHandle(), outNumber(), outHandle()];
  checkCall(api, api.XGBoosterPredictFromDMatrix(handle, matrix.handle, PREDICT_CONFIG, shape, dimensions, result));
  return copyFloats(requireHandle(result[0]), matrix.rows);
}

function save(api: CApi, handle: Handle, format: "ubj" | "json"): Uint8Array {
  const [length, bytes] = [outNumber(), outHandle()];
  checkCall(api, api.XGBoosterSaveModelToBuffer(handle, JSON.stringify({ format }), length, bytes));
  return new Uint8Array(copyNative(requireHandle(bytes[0]), Number(length[0])));
}

function savedDevice(api: CApi, handle: Handle): "cpu" | "cuda" {
  const [length, json] = [outNumber(), outText()];
  checkCall(api, api.XGBoosterSaveJsonConfig(handle, length, json));
  const config = JSON.parse(json[0] ?? "{}") as { learner?: { generic_param?: Record<string, string> } };
  const generic = config.learner?.generic_param ?? {};
  // Before 2.0 there was no `device`, only `gpu_id`, -1 for the CPU.
  const device = generic["device"] ?? ((generic["gpu_id"] ?? "-1") === "-1" ? "cpu" : "cuda");
  return device.startsWith("cuda") || device.startsWith("gpu") ? "cuda" : "cpu";
}

/** total_gain: what a feature's splits gained; weight: how many there are. By name; features without a split are absent. */
function featureScores(api: CApi, handle: Handle, importance_type: "total_gain" | "weight"): Map<string, number> {
  const [count, names, dimensions, shape, scores] = [outNumber(), outHandle(), outNumber(), outHandle(), outHandle()];
  const config = JSON.stringify({ importance_type });
  checkCall(api, api.XGBoosterFeatureScore(handle, config, count, names, dimensions, shape, scores));
  const features = Number(count[0]);
  if (features === 0) return new Map();
  const keys = copyTexts(requireHandle(names[0]), features);
  const values = copyFloats(requireHandle(scores[0]), features);
  return new Map(keys.map((key, index) => [key, values[index] ?? 0]));
}
