import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Memory, memoryOf } from "../bench/processMemory.ts";

const ENTER = join(import.meta.dirname, "enterContainer.sh");

export interface ContainerSpec {
  readonly name: string;
  /** Folder with the image's files. */
  readonly root: string;
  readonly user: string;
  readonly folder: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly { readonly source: string; readonly target: string; readonly is_writable: boolean }[];
  /** `/path:options`, as compose.yaml has them. */
  readonly tmpfs: readonly string[];
  /** The file that is its /etc/hosts. */
  readonly hosts: string;
}

/**
 * A container as far as the images rely on one: namespaces of its own for mounts, processes and shared memory, a read-only root, no
 * capabilities. It shares the network of whoever starts it.
 */
export interface Container {
  /** What it wrote so far. */
  output(): string;
  hasEnded(): boolean;
  /** Ends everything in it at once, as `docker kill` does. */
  kill(): Promise<void>;
  /** Asks it to end, as `docker stop` does; its exit code. */
  stop(): Promise<number | null>;
  /** Runs a command in it, as `docker exec` does. */
  exec(command: readonly string[]): { readonly status: number | null; readonly output: string };
  memory(): Memory;
}

/** Starts one. On Linux, as root. */
export async function startContainer(spec: ContainerSpec): Promise<Container> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOSTS: spec.hosts,
    MOUNTS: spec.mounts.map(({ source, target, is_writable }) => `${source} ${target} ${is_writable ? "rw" : "ro"}`).join("\n"),
    TMPFS: spec.tmpfs.map((text) => text.replace(":", " ")).join("\n"),
  };
  const variables = Object.entries(spec.env).map(([name, value]) => `${name}=${value}`);
  const { user, folder } = spec;
  // Programs of this machine alone: an image need not have any.
  const inside = ["/usr/bin/env", "-i", ...variables, "/usr/bin/unshare", `--root=${spec.root}`, `--wd=${folder}`, "-S", user, "-G", user];
  const args = ["--mount", "--pid", "--ipc", "--fork", "--kill-child", ENTER, spec.root, ...inside, ...spec.command];
  const child = spawn("unshare", args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  let pid = 0;
  while (pid === 0 && !hasEnded()) {
    await sleep(5);
    pid = childrenOf(child.pid!)[0] ?? 0;
  }
  const end = async (signal: NodeJS.Signals) => {
    if (!hasEnded()) process.kill(pid, signal);
    await ended;
    return child.exitCode;
  };
  return {
    output: () => output,
    hasEnded,
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
    exec(command) {
      const into = ["-t", String(pid), "-m", "-p", "-r", "-w", "-S", user, "-G", user, ...command];
      const { status, stdout, stderr } = spawnSync("/usr/bin/nsenter", into, { encoding: "utf8", env: spec.env });
      return { status, output: `${stdout}${stderr}` };
    },
    memory() {
      const own = namespaceOf(pid);
      const pids = readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map(Number);
      return memoryOf(pids.filter((one) => own !== null && namespaceOf(one) === own));
    },
  };
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Null of a process that has ended. */
function namespaceOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}
