import { z } from "zod";
import { SIDECAR_ROUTES } from "./families.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";

/** A model of 500 deep trees has about 2 MiB, and a thousand rows of seventy inputs a quarter of one; both are a third longer in base64. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, "expected base64");

export const onnxQuestionSchema = z.strictObject({
  /** The ONNX file. */
  model: base64,
  /** Little-endian float32, row by row; NaN for missing. */
  rows: base64,
  /** Inputs a row. */
  width: z.int().min(1).max(1000),
  /** The output that is wanted: a tensor of float32. */
  output: z.string().min(1),
});

export const answerOnnx = defineRoute({
  family: SIDECAR_ROUTES,
  method: "POST",
  path: "/v1/onnx/answers",
  summary: "what onnxruntime says of rows by an ONNX model",
  body: jsonBody(onnxQuestionSchema, { max_bytes: MAX_BODY_BYTES }),
  answers: { 200: z.object({ values: z.array(z.number().nullable()).describe("null: NaN") }) },
  errors: [503],
});
