import type { Llama } from "node-llama-cpp";
import { AppError } from "../../shared/errors.ts";
import type { LoadTask } from "./modelMessages.ts";

/** llama.cpp, never built or downloaded here: only what npm installed. Throws library_missing with what to do. */
export async function openLlama({ gpu, threads }: LoadTask, log: (line: string) => void): Promise<Llama> {
  const { getLlama, LlamaLogLevel, NoBinaryFoundError } = await importLibrary();
  try {
    return await getLlama({
      gpu: gpu === "off" ? false : gpu,
      build: "never",
      skipDownload: true,
      progressLogs: false,
      maxThreads: threads,
      logLevel: LlamaLogLevel.error,
      logger: (_level, message) => log(message.trim()),
    });
  } catch (cause) {
    if (!(cause instanceof NoBinaryFoundError)) throw cause;
    const message =
      gpu === "cuda"
        ? "SIDECAR_GPU=cuda, but this installation has no CUDA build of llama.cpp that works here: use the CUDA image, started with --gpus all, or SIDECAR_GPU=auto or off"
        : `there is no ready build of llama.cpp for ${process.platform} ${process.arch} in this installation`;
    throw new AppError("library_missing", message, { cause });
  }
}

async function importLibrary(): Promise<typeof import("node-llama-cpp")> {
  try {
    return await import("node-llama-cpp");
  } catch (cause) {
    const message = `node-llama-cpp is not installed on this machine (${(cause as Error).message}): run npm ci here`;
    throw new AppError("library_missing", message, { cause });
  }
}
