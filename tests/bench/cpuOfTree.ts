import { readdirSync } from "node:fs";
import { type ProcessStat, processStat } from "./processStat.ts";

/**
 * CPU milliseconds, user and system, of this process and of those that it has started and that run. Linux only; elsewhere those of the
 * process alone.
 */
export function cpuOfTree(): number {
  const { user, system } = process.cpuUsage();
  const own_ms = (user + system) / 1_000;
  if (process.platform !== "linux") return own_ms;
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? processStat(name) : []));
  const children = new Map<number, ProcessStat[]>();
  for (const stat of all) children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat]);
  const below = (pid: number): number => (children.get(pid) ?? []).reduce((sum, stat) => sum + stat.cpu_ms + below(stat.pid), 0);
  return own_ms + below(process.pid);
}
