import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

/** The process that listens on a TCP port, where the system tells; null where it does not (another user's process). */
export function findPortHolder(port: number): PortHolder | null {
  try {
    return process.platform === "linux" ? findInProc(port) : findWithLsof(port);
  } catch {
    // Naming the holder is a courtesy inside another error; that error must not be replaced by this one.
    return null;
  }
}

function findInProc(port: number): PortHolder | null {
  const sockets = new Set(
    [...listeningInodes("/proc/net/tcp", port), ...listeningInodes("/proc/net/tcp6", port)].map((inode) => `socket:[${inode}]`),
  );
  if (sockets.size === 0) return null;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name) || !holdsSocket(name, sockets)) continue;
    const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { pid: Number(name), command: shorten(command) };
  }
  return null;
}

/** Lines of /proc/net/tcp: `sl local_address rem_address st ...`, the port in hex, state 0A = LISTEN, field 9 the inode. */
function listeningInodes(path: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === "0A")
    .map((fields) => fields[9] ?? "");
}

function holdsSocket(pid: string, sockets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(readLink(`/proc/${pid}/fd/${fd}`)));
  } catch {
    // Another user's process, or one that ended while we looked.
    return false;
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    // The descriptor was closed while we looked.
    return "";
  }
}

function findWithLsof(port: number): PortHolder | null {
  const output = execFileSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  return pid ? { pid: Number(pid), command: /^c(.+)$/m.exec(output)?.[1] ?? "unknown" } : null;
}

function shorten(command: string): string {
  return command.length <= 80 ? command : `${command.slice(0, 77)}...`;
}
