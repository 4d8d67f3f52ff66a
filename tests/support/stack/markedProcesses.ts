import { readdirSync, readFileSync } from "node:fs";

/**
 * Living processes whose environment holds `mark`: what a test started, and all that these started in turn. Linux only;
 * elsewhere the environments of processes cannot be read in one way, and none is found.
 */
export function markedProcesses(mark: string): { pid: number; command: string }[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name) || !readOrEmpty(`/proc/${name}/environ`).includes(mark)) return [];
    return [{ pid: Number(name), command: commandOf(Number(name)).slice(0, 200) }];
  });
}

/** The command line of a process; empty where it cannot be read. */
export function commandOf(pid: number): string {
  return readOrEmpty(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
}

/** The process that started it; 0 where that cannot be read. */
export function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Empty for a process that ended meanwhile, for a zombie, and for one of another user. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES" || code === "EPERM") return "";
    throw error;
  }
}
