import { execFile } from "node:child_process";
import { childEnvironment } from "../childEnvironment.ts";

/** One GPU as the driver tells of it. */
export interface GpuReading {
  readonly index: string;
  readonly name: string;
  /** 0 to 1; null where this GPU does not tell. */
  readonly utilization: number | null;
  readonly memory_used_bytes: number | null;
  readonly memory_total_bytes: number | null;
}

const QUERY = ["--query-gpu=index,name,utilization.gpu,memory.used,memory.total", "--format=csv,noheader,nounits"];
const WITHIN_MS = 2_000;
const MEBIBYTE = 1024 * 1024;

export interface GpuLook {
  /** None, too, where the driver did not answer this time. */
  readonly gpus: readonly GpuReading[];
  /** False: there is no nvidia-smi on this machine. */
  readonly has_driver: boolean;
}

/** The GPUs of this machine by nvidia-smi, as `env` finds it. Never fails: what it does not answer, or cannot be asked, is not known. */
export function readGpus(env: NodeJS.ProcessEnv, within_ms: number = WITHIN_MS): Promise<GpuLook> {
  const options = { timeout: within_ms, killSignal: "SIGKILL", env: childEnvironment(env) } as const;
  return new Promise<GpuLook>((resolve) => {
    execFile("nvidia-smi", QUERY, options, (error, stdout) =>
      resolve({ gpus: error === null ? parseGpus(stdout) : [], has_driver: error?.code !== "ENOENT" }),
    );
    // Some failures to start a process are thrown rather than called back with.
  }).catch(() => ({ gpus: [], has_driver: true }));
}

/** A line a GPU. What it cannot tell stands there as [N/A] or [Not Supported]. */
export function parseGpus(text: string): readonly GpuReading[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [index = "", name = "", utilization, used, total] = line.split(",").map((part) => part.trim());
    return {
      index,
      name,
      utilization: numberOf(utilization, 1 / 100),
      memory_used_bytes: numberOf(used, MEBIBYTE),
      memory_total_bytes: numberOf(total, MEBIBYTE),
    };
  });
}

function numberOf(text: string | undefined, factor: number): number | null {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) * factor : null;
}
