import { execFileSync } from "node:child_process";
import { groupMembers, identifyProcess } from "./processIdentity.ts";

/** Resident memory of a process, or of all processes of a group, in MB as `ps` tells it. Null when none is there. */
export function residentMegabytes(pid: number, of: "process" | "group"): number | null {
  const pids =
    of === "group" ? groupMembers(pid).map((facts) => facts.pid) : [identifyProcess(pid)?.pid].filter((found) => found !== undefined);
  if (pids.length === 0) return null;
  try {
    const output = execFileSync("ps", ["-o", "rss=", "-p", pids.join(",")], { encoding: "utf8" });
    const kilobytes = output.split("\n").reduce((sum, line) => sum + Number(line.trim() || 0), 0);
    return kilobytes / 1_024;
  } catch (error) {
    // ps ends with 1 when the last of them has just gone.
    if ((error as { status?: number }).status === 1) return null;
    throw error;
  }
}
