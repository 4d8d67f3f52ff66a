import { z } from "zod";
import { SIDECAR_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer } from "./route/defineRoute.ts";

const VERSION = "1.30.0";
const keyOf = (name: string) => `runtimes/onnxruntime-web-${VERSION}/${name}`;

/** The files of onnxruntime-web that run a model with one thread, by the names that they have here: in its package, and in the lake. */
export const ONNX_FILES = {
  "ort.js": { in_package: "ort.wasm.bundle.min.mjs", key: keyOf("ort.js"), content_type: "text/javascript" },
  "ort.wasm": { in_package: "ort-wasm-simd-threaded.wasm", key: keyOf("ort.wasm"), content_type: "application/wasm" },
} as const;
export type OnnxFile = keyof typeof ONNX_FILES;

export const readOnnxRuntime = defineRoute({
  family: SIDECAR_ROUTES,
  method: "GET",
  path: "/v1/runtimes/onnx/{file}",
  summary: "a file of the runtime that ONNX models are served by: ort.js, ort.wasm",
  params: z.object({ file: z.enum(Object.keys(ONNX_FILES) as [OnnxFile, ...OnnxFile[]]) }),
  answers: { 200: fileAnswer("text/javascript", "application/wasm") },
});
