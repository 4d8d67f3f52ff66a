import { execFile } from "node:child_process";

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

/** The GPUs of this machine by nvidia-smi; none where there is no driver, or where it does not answer. */
export function readGpus(): Promise<readonly GpuReading[]> {
  return new Promise((resolve) => {
    execFile("nvidia-smi", QUERY, { timeout: WITHIN_MS, killSignal: "SIGKILL" }, (error, stdout) =>
      resolve(error === null ? parseGpus(stdout) : []),
    );
  });
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
