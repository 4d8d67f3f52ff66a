import { type Calibrator, NO_CALIBRATOR } from "../calibration/calibrator.ts";
import { RISE_THRESHOLD } from "../metrics/accuracy.ts";
import { FEATURE_MASK, FEATURE_WORD, LEFT_WORD, NODE_WORDS, type TreeEnsemble, VALUE_WORD } from "../models/treeLayout.ts";
import { calibrationNodes } from "./calibrationNodes.ts";
import { ELEMENT, type OnnxAttribute, type OnnxConstant, type OnnxNode, onnxModel } from "./onnxModel.ts";

/** Names of what goes in and comes out. */
export const ONNX_INPUT = "features";
export const ONNX_LABEL = "label";
export const ONNX_PROBABILITIES = "probabilities";

/**
 * A model as an ONNX file: `features` [N, F] float32, NaN for missing, to `label` [N] (1: a rise, from a probability of 1/2 on) and
 * `probabilities` [N, 2] (no rise, rise) as they are served, calibrated: plain tensors without a ZipMap. Equal to what is served within
 * 1e-6, not to the bit: a runtime may sum the trees in another order.
 *
 * The label is computed here, since TreeEnsembleClassifier's own compares the margin with 1/2 where all leaves are positive; and the
 * operator is the classifier, since runtimes leave LOGISTIC out of TreeEnsembleRegressor.
 */
export function onnxOfTrees(trees: TreeEnsemble, calibrator: Calibrator = NO_CALIBRATOR): Uint8Array<ArrayBuffer> {
  const calibration = calibrationNodes(calibrator, "rise_of_trees", "rise");
  const nodes: readonly OnnxNode[] = [
    {
      operator: "TreeEnsembleClassifier",
      domain: "ai.onnx.ml",
      inputs: [ONNX_INPUT],
      outputs: ["label_of_trees", "probabilities_of_trees"],
      attributes: { ...treeAttributes(trees), base_values: { floats: [trees.base_margin] }, post_transform: { text: "LOGISTIC" } },
    },
    { operator: "Gather", inputs: ["probabilities_of_trees", "second"], outputs: ["rise_of_trees"], attributes: { axis: { integer: 1 } } },
    ...calibration.nodes,
    { operator: "Sub", inputs: ["one", "rise"], outputs: ["no_rise"] },
    { operator: "Concat", inputs: ["no_rise", "rise"], outputs: [ONNX_PROBABILITIES], attributes: { axis: { integer: 1 } } },
    { operator: "GreaterOrEqual", inputs: ["rise", "threshold"], outputs: ["is_rise"] },
    { operator: "Cast", inputs: ["is_rise"], outputs: ["label_column"], attributes: { to: { integer: ELEMENT.int64 } } },
    { operator: "Reshape", inputs: ["label_column", "any_length"], outputs: [ONNX_LABEL] },
  ];
  const constants: readonly OnnxConstant[] = [
    { name: "second", element: "int64", shape: [1], values: [1] },
    { name: "one", element: "float", shape: [], values: [1] },
    { name: "threshold", element: "float", shape: [], values: [RISE_THRESHOLD] },
    { name: "any_length", element: "int64", shape: [1], values: [-1] },
    ...calibration.constants,
  ];
  return onnxModel({
    name: "fx-medallion",
    nodes,
    constants,
    inputs: [{ name: ONNX_INPUT, element: "float", shape: ["N", trees.feature_names.length] }],
    outputs: [
      { name: ONNX_LABEL, element: "int64", shape: ["N"] },
      { name: ONNX_PROBABILITIES, element: "float", shape: ["N", 2] },
    ],
    metadata: { feature_names: JSON.stringify(trees.feature_names) },
  });
}

/** Nodes are numbered within their tree as they are packed; a leaf's value is the weight of class 0 of the operator's one score. */
function treeAttributes({ roots, words, values, categories }: TreeEnsemble): Record<string, OnnxAttribute> {
  if (categories !== null) throw new RangeError("splits on categories cannot be written as ONNX");
  const [tree_ids, node_ids, features, thresholds] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  const [modes, lefts, rights, missing] = [[] as string[], [] as number[], [] as number[], [] as number[]];
  const [leaf_trees, leaf_nodes, leaves] = [[] as number[], [] as number[], [] as number[]];
  for (const [tree, root] of roots.entries()) {
    for (let word = root; word < (roots[tree + 1] ?? words.length); word += NODE_WORDS) {
      const [node, left] = [(word - root) / NODE_WORDS, words[word + LEFT_WORD]!];
      const is_leaf = left === 0;
      const child = is_leaf ? 0 : (left - root) / NODE_WORDS;
      tree_ids.push(tree);
      node_ids.push(node);
      features.push(is_leaf ? 0 : words[word + FEATURE_WORD]! & FEATURE_MASK);
      thresholds.push(is_leaf ? 0 : values[word + VALUE_WORD]!);
      modes.push(is_leaf ? "LEAF" : "BRANCH_LT");
      lefts.push(child);
      rights.push(is_leaf ? 0 : child + 1);
      missing.push(!is_leaf && words[word + FEATURE_WORD]! < 0 ? 1 : 0);
      if (!is_leaf) continue;
      leaf_trees.push(tree);
      leaf_nodes.push(node);
      leaves.push(values[word + VALUE_WORD]!);
    }
  }
  return {
    nodes_treeids: { integers: tree_ids },
    nodes_nodeids: { integers: node_ids },
    nodes_featureids: { integers: features },
    nodes_values: { floats: thresholds },
    nodes_modes: { texts: modes },
    nodes_truenodeids: { integers: lefts },
    nodes_falsenodeids: { integers: rights },
    nodes_missing_value_tracks_true: { integers: missing },
    class_treeids: { integers: leaf_trees },
    class_nodeids: { integers: leaf_nodes },
    class_ids: { integers: leaves.map(() => 0) },
    class_weights: { floats: leaves },
    classlabels_int64s: { integers: [0, 1] },
  };
}
