import { type CApi, outHandle, outNumber } from "../../../gpu-sidecar/xgboost/cApi.ts";
import { checkCall, requireHandle } from "../../../gpu-sidecar/xgboost/checkCall.ts";
import { copyFloats } from "../../../gpu-sidecar/xgboost/copyNative.ts";
import { createDMatrix } from "../../../gpu-sidecar/xgboost/dMatrix.ts";

/** type 2: contributions, of each input and behind them the bias, in the margin's unit. All rounds. */
const CONFIG = JSON.stringify({ type: 2, training: false, iteration_begin: 0, iteration_end: 0, strict_shape: false });

/** XGBoost's pred_contribs of a saved model: of each row its inputs' contributions and the bias. */
export function libraryContributions(api: CApi, model: Uint8Array, matrix: Float32Array, columns: number): Float32Array[] {
  const out = outHandle();
  checkCall(api, api.XGBoosterCreate([], 0, out));
  const booster = requireHandle(out[0]);
  const rows = createDMatrix(api, matrix, columns);
  try {
    checkCall(api, api.XGBoosterSetParam(booster, "nthread", "1"));
    checkCall(api, api.XGBoosterLoadModelFromBuffer(booster, model, model.length));
    const [shape, dimensions, result] = [outHandle(), outNumber(), outHandle()];
    checkCall(api, api.XGBoosterPredictFromDMatrix(booster, rows.handle, CONFIG, shape, dimensions, result));
    const said = copyFloats(requireHandle(result[0]), rows.rows * (columns + 1));
    return Array.from({ length: rows.rows }, (_, row) => said.slice(row * (columns + 1), (row + 1) * (columns + 1)));
  } finally {
    rows.free();
    checkCall(api, api.XGBoosterFree(booster));
  }
}
