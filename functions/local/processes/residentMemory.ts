import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { groupMembers, identifyProcess } from "./processIdentity.ts";

/** Resident memory of a process, or of all processes of a group, in MB. Null when none is there. */
export function residentMegabytes(pid: number, of: "process" | "group"): number | null {
  const pids =
    of === "group" ? groupMembers(pid).map((facts) => facts.pid) : [identifyProcess(pid)?.pid].filter((found) => found !== undefined);
  if (pids.length === 0) return null;
  const kilobytes = process.platform === "linux" ? pids.map(readResident) : listWithPs(pids);
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1_024;
}

/** Of one process, as the kernel of Linux has it: a container need not have `ps`. 0 of one that has just gone. */
function readResident(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return 0;
    throw error;
  }
}

function listWithPs(pids: readonly number[]): readonly number[] {
  try {
    const output = execFileSync("ps", ["-o", "rss=", "-p", pids.join(",")], { encoding: "utf8" });
    return output.split("\n").map((line) => Number(line.trim() || 0));
  } catch (error) {
    // ps ends with 1 when the last of them has just gone.
    if ((error as { status?: number }).status === 1) return [];
    throw error;
  }
}
