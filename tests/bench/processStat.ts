import { readFileSync } from "node:fs";

/** Linux counts in ticks of 10 ms (sysconf(_SC_CLK_TCK) is 100 on every platform that Node runs on). */
const TICK_MS = 10;

export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** User and system. */
  readonly cpu_ms: number;
}

/** proc_pid_stat(5). The name, in brackets, may hold anything. None of a process that has just ended. */
export function processStat(pid: string | number): readonly ProcessStat[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return [{ pid: Number(pid), parent: Number(fields[1]), cpu_ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS }];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return [];
    throw error;
  }
}
