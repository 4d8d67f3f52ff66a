import type { Calibrator } from "../calibration/calibrator.ts";
import { ELEMENT, type OnnxConstant, type OnnxNode } from "./onnxModel.ts";

export interface OnnxPart {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
}

/**
 * shared/calibration/calibrator.ts as nodes, from a column of raw probabilities, float32, to one of calibrated ones; in between in doubles,
 * as it is computed there.
 */
export function calibrationNodes(calibrator: Calibrator, raw: string, calibrated: string): OnnxPart {
  if (calibrator.kind === "none") return { nodes: [node("Identity", [raw], calibrated)], constants: [] };
  const { nodes, constants } = calibrator.kind === "platt" ? plattNodes(calibrator) : isotonicNodes(calibrator);
  const cast = (input: string, output: string, element: "float" | "double"): OnnxNode => ({
    ...node("Cast", [input], output),
    attributes: { to: { integer: ELEMENT[element] } },
  });
  return { nodes: [cast(raw, "p", "double"), ...nodes, cast("q", calibrated, "float")], constants };
}

/** q = 1 / (1 + exp(-(slope ln(p / (1 - p)) + intercept))). */
function plattNodes({ slope, intercept }: Extract<Calibrator, { kind: "platt" }>): OnnxPart {
  return {
    nodes: [
      node("Sub", ["whole", "p"], "rest"),
      node("Div", ["p", "rest"], "odds"),
      node("Log", ["odds"], "margin"),
      node("Mul", ["margin", "slope"], "scaled"),
      node("Add", ["scaled", "intercept"], "calibrated_margin"),
      node("Neg", ["calibrated_margin"], "negative"),
      node("Exp", ["negative"], "exponential"),
      node("Add", ["exponential", "whole"], "denominator"),
      node("Div", ["whole", "denominator"], "q"),
    ],
    constants: [doubles("whole", [1]), doubles("slope", [slope]), doubles("intercept", [intercept])],
  };
}

/** The line through the points, of which no two stand above each other: the first one's height, and of each piece its slope times how far p is into it. */
function isotonicNodes({ raw, calibrated }: Extract<Calibrator, { kind: "isotonic" }>): OnnxPart {
  const pieces = raw.slice(1).map((to, index) => ({ from: raw[index]!, to, rise: calibrated[index + 1]! - calibrated[index]! }));
  const row = (name: string, values: readonly number[]): OnnxConstant => ({ name, element: "double", shape: [1, values.length], values });
  return {
    nodes: [
      node("Max", ["p", "piece_from"], "above"),
      node("Min", ["above", "piece_to"], "within"),
      node("Sub", ["within", "piece_from"], "into"),
      node("Mul", ["into", "piece_slope"], "climbed"),
      node("ReduceSum", ["climbed", "pieces"], "climb"),
      node("Add", ["climb", "first"], "q"),
    ],
    constants: [
      row(
        "piece_from",
        pieces.map(({ from }) => from),
      ),
      row(
        "piece_to",
        pieces.map(({ to }) => to),
      ),
      row(
        "piece_slope",
        pieces.map(({ from, to, rise }) => rise / (to - from)),
      ),
      { name: "pieces", element: "int64", shape: [1], values: [1] },
      doubles("first", [calibrated[0]!]),
    ],
  };
}

function node(operator: string, inputs: readonly string[], output: string): OnnxNode {
  return { operator, inputs, outputs: [output] };
}

function doubles(name: string, values: readonly number[]): OnnxConstant {
  return { name, element: "double", shape: [], values };
}
