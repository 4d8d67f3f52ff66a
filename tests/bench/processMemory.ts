import { readFileSync } from "node:fs";

/**
 * Memory of a set of processes in MB. RSS counts a page that several share once for each of them; PSS gives each its share
 * (proc_pid_smaps(5)), so that its sum is what the machine has really given. Private is what no other process maps: the part of PSS that
 * does not change when another process of the same program starts or ends.
 */
export interface Memory {
  readonly rss_mb: number;
  readonly pss_mb: number;
  readonly private_mb: number;
  readonly processes: number;
}

/** Linux only; elsewhere nothing can be read and all is 0. */
export function memoryOf(pids: readonly number[]): Memory {
  const texts = pids.map((pid) => readOrEmpty(`/proc/${pid}/smaps_rollup`)).filter((text) => text !== "");
  const sum = (field: RegExp) => texts.reduce((total, text) => total + Number(field.exec(text)?.[1] ?? 0), 0) / 1_024;
  return {
    rss_mb: sum(/^Rss:\s+(\d+) kB/m),
    pss_mb: sum(/^Pss:\s+(\d+) kB/m),
    private_mb: sum(/^Private_Clean:\s+(\d+) kB/m) + sum(/^Private_Dirty:\s+(\d+) kB/m),
    processes: texts.length,
  };
}

/** The highest sums that were seen, which need not be of the same moment. */
export function higherMemory(one: Memory, other: Memory): Memory {
  return {
    rss_mb: Math.max(one.rss_mb, other.rss_mb),
    pss_mb: Math.max(one.pss_mb, other.pss_mb),
    private_mb: Math.max(one.private_mb, other.private_mb),
    processes: Math.max(one.processes, other.processes),
  };
}

/** A process may end while its file is read. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES" || code === "EPERM") return "";
    throw error;
  }
}
