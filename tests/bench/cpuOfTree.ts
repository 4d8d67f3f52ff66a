import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in ticks of 10 ms (sysconf(_SC_CLK_TCK) is 100 on every platform that Node runs on). */
const TICK_MS = 10;

/**
 * CPU milliseconds, user and system, of this process and of those that it has started and that run. Linux only; elsewhere those of the
 * process alone.
 */
export function cpuOfTree(): number {
  const { user, system } = process.cpuUsage();
  const own_ms = (user + system) / 1_000;
  if (process.platform !== "linux") return own_ms;
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? statOf(name) : []));
  const children = new Map<number, Stat[]>();
  for (const stat of all) children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat]);
  const below = (pid: number): number => (children.get(pid) ?? []).reduce((sum, stat) => sum + stat.ticks * TICK_MS + below(stat.pid), 0);
  return own_ms + below(process.pid);
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

/** proc_pid_stat(5). The name, in brackets, may hold anything. None of a process that has just ended. */
function statOf(pid: string): Stat[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return [{ pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return [];
    throw error;
  }
}
