import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * A process that can be told from a later one with the same number. `started` is field 22 of /proc/PID/stat (ticks since
 * boot, see proc_pid_stat(5)) on Linux, epoch milliseconds elsewhere; `boot` tells one boot's ticks from another's.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly boot: string;
  readonly started: number;
}

export interface ProcessFacts extends ProcessIdentity {
  readonly group: number;
}

/** The process behind a pid; null when there is none, or only a zombie. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  const facts = process.platform === "linux" ? readStat(pid) : listWithPs(["-p", String(pid)])[0];
  return facts ? { pid, boot: facts.boot, started: facts.started } : null;
}

export function isSameProcess(identity: ProcessIdentity): boolean {
  const now = identifyProcess(identity.pid);
  return now !== null && now.boot === identity.boot && now.started === identity.started;
}

/** Living members of a process group. */
export function groupMembers(group: number): ProcessFacts[] {
  return listProcesses().filter((facts) => facts.group === group);
}

/**
 * Living members of the group that this process led, also when it is gone itself. A group's number is not given to a new
 * process while the group lives, so members that started after the leader are its own.
 */
export function ownGroupMembers(leader: ProcessIdentity): ProcessFacts[] {
  const members = groupMembers(leader.pid);
  const head = members.find((facts) => facts.pid === leader.pid);
  if (head && (head.started !== leader.started || head.boot !== leader.boot)) return [];
  return members.filter((facts) => facts.boot === leader.boot && facts.started >= leader.started);
}

/** Sends a signal to a whole group. False when no such group is there any more. */
export function signalGroup(group: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // EPERM: macOS answers so for a group of zombies.
    if (code === "ESRCH" || code === "EPERM") return false;
    throw error;
  }
}

/** Parses the line of /proc/PID/stat. The command in parentheses may hold spaces and parentheses itself. */
export function parseStat(text: string, boot: string): ProcessFacts | null {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, , group] = fields;
  const started = fields[19];
  if (state === undefined || group === undefined || started === undefined || state === "Z" || state === "X") return null;
  return { pid: Number.parseInt(text, 10), boot, started: Number(started), group: Number(group) };
}

function listProcesses(): ProcessFacts[] {
  if (process.platform !== "linux") return listWithPs(["-ax"]);
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => readStat(Number(pid))).filter((facts) => facts !== null);
}

function readStat(pid: number): ProcessFacts | null {
  const text = readOrNull(`/proc/${pid}/stat`);
  return text === null ? null : parseStat(text, bootId());
}

let boot: string | null = null;

function bootId(): string {
  boot ??= readOrNull("/proc/sys/kernel/random/boot_id")?.trim() ?? "";
  return boot;
}

/** A process may end between listing and reading: that is an answer, not an error. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES") return null;
    throw error;
  }
}

function listWithPs(selection: readonly string[]): ProcessFacts[] {
  let output: string;
  try {
    output = execFileSync("ps", [...selection, "-o", "pid=,pgid=,stat=,lstart="], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    });
  } catch (error) {
    // ps ends with 1 when nothing matches.
    if ((error as { status?: number }).status === 1) return [];
    throw error;
  }
  return output
    .split("\n")
    .map(parsePsLine)
    .filter((facts) => facts !== null);
}

/** `  123   120 Ss   Tue Nov 24 06:58:46 2026` */
export function parsePsLine(line: string): ProcessFacts | null {
  const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+)$/.exec(line);
  if (!match || match[3]?.startsWith("Z")) return null;
  const started = Date.parse(match[4] ?? "");
  return Number.isNaN(started) ? null : { pid: Number(match[1]), group: Number(match[2]), boot: "", started };
}
