import { ONNX_FILES, type OnnxFile, readOnnxRuntime } from "../../../shared/contracts/onnxRuntime.ts";
import { requestOf } from "../../../shared/contracts/route/requestOf.ts";
import type { ObjectStore } from "../../../shared/ports/objectStore.ts";
import { type SidecarOptions, sendBytes } from "../sidecarRequest.ts";

/** Puts the runtime's files into the lake, from the sidecar, which has them in its packages; what is there already is not asked for. */
export function createOnnxInstaller(sidecar: SidecarOptions, lake: ObjectStore): () => Promise<void> {
  return async () => {
    for (const [file, { key, content_type }] of Object.entries(ONNX_FILES)) {
      if ((await lake.get(key)) !== null) continue;
      const bytes = await sendBytes(sidecar, requestOf(readOnnxRuntime, { params: { file: file as OnnxFile } }));
      await lake.putOnce(key, bytes, content_type);
    }
  };
}
