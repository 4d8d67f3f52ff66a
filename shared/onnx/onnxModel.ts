import { createProtobufWriter, type ProtobufWriter } from "./protobufWriter.ts";

/** Numbers of onnx.proto3 for the kinds of an attribute. */
const KIND = { integer: 2, text: 3, floats: 6, integers: 7, texts: 8 } as const;

/** Numbers of onnx.proto3 for the types of a tensor's elements. */
export const ELEMENT = { float: 1, int64: 7, double: 11 } as const;

export type OnnxAttribute =
  | { readonly integer: number }
  | { readonly text: string }
  | { readonly floats: ArrayLike<number> }
  | { readonly integers: readonly number[] }
  | { readonly texts: readonly string[] };

export interface OnnxNode {
  readonly operator: string;
  /** "" is ONNX itself, "ai.onnx.ml" its operators of classical machine learning. */
  readonly domain?: "" | "ai.onnx.ml";
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** A tensor that goes in or out. A text as a dimension names one that is free. */
export interface OnnxValue {
  readonly name: string;
  readonly element: keyof typeof ELEMENT;
  readonly shape: readonly (string | number)[];
}

/** A tensor that stands in the file. */
export interface OnnxConstant {
  readonly name: string;
  readonly element: keyof typeof ELEMENT;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Notes in the file, by key. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The oldest versions that know what is written here: runtimes of 2022 and later read them. */
const IR_VERSION = 8;
const OPSET = 17;
const ML_OPSET = 3;

/**
 * An ONNX file. Field numbers are those of onnx.proto3.
 * Reference: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
 */
export function onnxModel({ name, nodes, constants, inputs, outputs, metadata = {} }: OnnxGraph): Uint8Array<ArrayBuffer> {
  const model = createProtobufWriter();
  model.integer(1, IR_VERSION);
  model.text(2, "fx-medallion");
  model.message(7, (graph) => {
    for (const node of nodes) graph.message(1, (message) => writeNode(message, node));
    graph.text(2, name);
    for (const constant of constants) graph.message(5, (message) => writeConstant(message, constant));
    for (const value of inputs) graph.message(11, (message) => writeValue(message, value));
    for (const value of outputs) graph.message(12, (message) => writeValue(message, value));
  });
  for (const [domain, version] of [
    ["", OPSET],
    ["ai.onnx.ml", ML_OPSET],
  ] as const) {
    model.message(8, (opset) => {
      opset.text(1, domain);
      opset.integer(2, version);
    });
  }
  for (const [key, value] of Object.entries(metadata)) {
    model.message(14, (entry) => {
      entry.text(1, key);
      entry.text(2, value);
    });
  }
  return model.finish();
}

function writeNode(node: ProtobufWriter, { operator, domain = "", inputs, outputs, attributes = {} }: OnnxNode): void {
  for (const input of inputs) node.text(1, input);
  for (const output of outputs) node.text(2, output);
  node.text(3, outputs[0] ?? operator);
  node.text(4, operator);
  for (const [name, value] of Object.entries(attributes)) node.message(5, (message) => writeAttribute(message, name, value));
  if (domain !== "") node.text(7, domain);
}

function writeAttribute(attribute: ProtobufWriter, name: string, value: OnnxAttribute): void {
  attribute.text(1, name);
  if ("integer" in value) attribute.integer(3, value.integer);
  else if ("text" in value) attribute.text(4, value.text);
  else if ("floats" in value) attribute.floats(7, value.floats);
  else if ("integers" in value) attribute.integers(8, value.integers);
  else for (const text of value.texts) attribute.text(9, text);
  attribute.integer(20, KIND[Object.keys(value)[0] as keyof typeof KIND]);
}

function writeConstant(tensor: ProtobufWriter, { name, element, shape, values }: OnnxConstant): void {
  tensor.integers(1, shape);
  tensor.integer(2, ELEMENT[element]);
  if (element === "float") tensor.floats(4, values);
  else if (element === "double") tensor.doubles(10, values);
  else tensor.integers(7, Array.from(values));
  tensor.text(8, name);
}

function writeValue(info: ProtobufWriter, { name, element, shape }: OnnxValue): void {
  info.text(1, name);
  info.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.integer(1, ELEMENT[element]);
      tensor.message(2, (dimensions) => {
        for (const one of shape)
          dimensions.message(1, (dimension) => (typeof one === "string" ? dimension.text(2, one) : dimension.integer(1, one)));
      });
    }),
  );
}
