import { ONNX_FILES } from "../../../shared/contracts/onnxRuntime.ts";
import { AppError } from "../../../shared/errors.ts";
import type { ObjectStore } from "../../../shared/ports/objectStore.ts";
import type { OnnxRuntime } from "../../../shared/ports/onnxRuntime.ts";
import type { LoadedCode, WorkerLoader } from "../../../shared/ports/workerLoader.ts";
import { ONNX_PROGRAM } from "./onnxProgram.ts";

const COMPATIBILITY_DATE = "2026-10-20";

/**
 * Each ONNX model in a Worker of its own, which workerd makes when it is first asked: onnxruntime weighs 14 MB of WebAssembly, which as part
 * of this Worker's bundle every isolate of every stack would hold from its start, and what somebody trained elsewhere runs apart and reaches
 * nothing. `read` reads the lake, where `install` has put the runtime from the sidecar.
 */
export function createOnnxLoader(
  loader: WorkerLoader | undefined,
  lake: Pick<ObjectStore, "get">,
  install: () => Promise<void> = async () => undefined,
): OnnxRuntime {
  async function codeOf(model: Uint8Array): Promise<LoadedCode> {
    const [glue, library] = await Promise.all([readPart(lake, "ort.js"), readPart(lake, "ort.wasm")]);
    return {
      compatibilityDate: COMPATIBILITY_DATE,
      mainModule: "main.js",
      modules: {
        "main.js": ONNX_PROGRAM,
        "ort.js": new TextDecoder().decode(glue),
        "ort.wasm": { wasm: library.slice().buffer },
        "model.onnx": { data: model.slice().buffer },
      },
      globalOutbound: null,
    };
  }

  return {
    install,
    async open(key, model, width) {
      if (loader === undefined)
        throw new AppError(
          "invalid_model",
          "This host makes no Workers for ONNX models (fx serve --node, or no LOADER in wrangler.toml); fx serve does.",
          { status: 503 },
        );
      // Asked for anew each time: what one request got of the loader another may not use. The Worker behind it stays the same.
      return { ask: (matrix) => ask(loader.get(key, () => codeOf(model)).getEntrypoint(), matrix, width) };
    },
  };
}

async function readPart(lake: Pick<ObjectStore, "get">, name: keyof typeof ONNX_FILES): Promise<Uint8Array> {
  const { key } = ONNX_FILES[name];
  const bytes = await lake.get(key);
  if (bytes) return bytes;
  throw new AppError(
    "invalid_model",
    `The runtime of ONNX models is not in the lake (${key}). Promote the model again, which puts it there.`,
    {
      status: 503,
    },
  );
}

async function ask(worker: { readonly fetch: typeof fetch }, matrix: Float32Array, width: number): Promise<Float32Array> {
  const response = await worker.fetch(`http://onnx/?width=${width}`, { method: "POST", body: matrix.slice().buffer });
  if (response.ok) return new Float32Array(await response.arrayBuffer());
  throw new AppError("invalid_model", (await response.text()).slice(0, 500), { status: 503 });
}
