import { counted } from "../domain/counted.ts";
import { toIso } from "../domain/instant.ts";
import { ONNX_TOLERANCE, type OnnxDifference, type OnnxParity } from "../models/onnxParity.ts";
import type { ParityResult } from "../models/parity.ts";
import type { Verdict } from "./verdict.ts";

const MOST_NAMED = 3;

/**
 * What is served must be what was trained, and what others load: this project's evaluator gives XGBoost's float32 on every parity row, and the
 * stored ONNX file gives what is served within 1e-6 on rows of the evaluation. `onnx`: null where there is no file of the model yet, or why
 * no program takes it.
 */
export function parityCheck(trees: ParityResult, onnx: OnnxParity | string | null): Verdict {
  const parts = [ofTrees(trees), ...(onnx === null ? [] : [ofOnnx(onnx)])];
  return { name: "parity_check", passed: parts.every(({ passed }) => passed), detail: parts.map(({ detail }) => detail).join("; ") };
}

type Part = Pick<Verdict, "passed" | "detail">;

function ofTrees({ rows, mismatches, largest_difference }: ParityResult): Part {
  if (rows === 0) return { passed: false, detail: "no parity rows to compare" };
  if (mismatches === 0) return { passed: true, detail: `equal to XGBoost bit for bit on ${counted(rows, "row")}` };
  return { passed: false, detail: `${mismatches} of ${counted(rows, "row")} differ from XGBoost, by up to ${largest_difference}` };
}

function ofOnnx(onnx: OnnxParity | string): Part {
  if (typeof onnx === "string") return { passed: false, detail: `model.onnx: ${onnx}` };
  const { rows, differing, largest_difference } = onnx;
  if (rows === 0) return { passed: false, detail: "model.onnx: no rows to compare" };
  if (differing.length === 0)
    return {
      passed: true,
      detail: `model.onnx gives what is served within ${ONNX_TOLERANCE} on ${counted(rows, "row")} (${largest_difference.toPrecision(1)})`,
    };
  const named = differing.slice(0, MOST_NAMED).map(describe).join(", ");
  const detail = `model.onnx differs on ${differing.length} of ${counted(rows, "row")} by more than ${ONNX_TOLERANCE}, by up to ${largest_difference}: ${named}`;
  return { passed: false, detail: differing.length > MOST_NAMED ? `${detail}, …` : detail };
}

function describe({ event_time, served, onnx }: OnnxDifference): string {
  return `${toIso(event_time)} (served ${served}, ONNX ${onnx})`;
}
