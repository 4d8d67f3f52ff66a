import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ONNX_FILES, readOnnxRuntime } from "../../shared/contracts/onnxRuntime.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";

const packages = createRequire(import.meta.url);

/** Files of packages that the Worker cannot hold in its bundle and asks for once. */
export function runtimeRoutes(): MountedRoute {
  return handle(readOnnxRuntime, async ({ params: { file } }) => {
    const { in_package, content_type } = ONNX_FILES[file];
    const folder = dirname(packages.resolve("onnxruntime-web/wasm"));
    return new Response((await readFile(join(folder, in_package))) as Uint8Array<ArrayBuffer>, {
      headers: { "Content-Type": content_type },
    });
  });
}
