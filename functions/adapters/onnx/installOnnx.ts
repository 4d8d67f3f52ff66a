import { ONNX_FILES, type OnnxFile, readOnnxRuntime } from "../../../shared/contracts/onnxRuntime.ts";
import { type ClientRequest, requestOf } from "../../../shared/contracts/route/requestOf.ts";
import type { ObjectStore } from "../../../shared/ports/objectStore.ts";

/**
 * Puts the runtime's files into the lake, from a sidecar, which has them in its packages; what is there already is not asked for.
 * @param send one exchange with a sidecar
 */
export function createOnnxInstaller(send: (request: ClientRequest) => Promise<Uint8Array>, lake: ObjectStore): () => Promise<void> {
  return async () => {
    for (const [file, { key, content_type }] of Object.entries(ONNX_FILES)) {
      if ((await lake.get(key)) !== null) continue;
      const bytes = await send(requestOf(readOnnxRuntime, { params: { file: file as OnnxFile } }));
      await lake.putOnce(key, bytes, content_type);
    }
  };
}
