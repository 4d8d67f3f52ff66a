import { counted } from "../../shared/domain/counted.ts";
import { type CApi, type Handle, outHandle } from "./cApi.ts";
import { checkCall, requireHandle } from "./checkCall.ts";

/** XGBoost's own copy of a block of rows. Native memory: free it. */
export interface DMatrix {
  readonly handle: Handle;
  readonly rows: number;
  free(): void;
}

/** `data` is row-major, NaN where missing; `label` is 0 or 1 a row, absent for prediction only; `weight` is one a row, all equal when absent. */
export function createDMatrix(api: CApi, data: Float32Array, columns: number, label?: Float32Array, weight?: Float32Array): DMatrix {
  const rows = data.length / columns;
  if (!Number.isInteger(rows))
    throw new RangeError(`expected whole rows of ${counted(columns, "value")}, was ${counted(data.length, "value")}`);
  const out = outHandle();
  checkCall(api, api.XGDMatrixCreateFromMat(data, rows, columns, Number.NaN, out));
  const handle = requireHandle(out[0]);
  if (label !== undefined) checkCall(api, api.XGDMatrixSetFloatInfo(handle, "label", label, label.length));
  if (weight !== undefined) checkCall(api, api.XGDMatrixSetFloatInfo(handle, "weight", weight, weight.length));
  return { handle, rows, free: () => checkCall(api, api.XGDMatrixFree(handle)) };
}
