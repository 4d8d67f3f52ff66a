import { spawn } from "node:child_process";
import { COMPILE_CACHE, localFile, memoryFlags } from "./nodeCommand.ts";
import type { ProcessIdentity } from "./processIdentity.ts";

export interface Watchdog {
  /** From now on this process group ends when fx ends. */
  guard(part: ProcessIdentity): void;
  /** Lets the watchdog go: it ends whatever of the guarded groups still lives. */
  close(): void;
}

const HEAP_MB = 24;

/** See watchdog.ts. */
export function startWatchdog(): Watchdog {
  const args = [
    ...memoryFlags({ heap_mb: HEAP_MB }),
    "--experimental-strip-types",
    "--disable-warning=ExperimentalWarning",
    localFile("processes/watchdog.ts"),
  ];
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env },
  });
  child.unref();
  // A watchdog that was killed is no reason to stop the stack: Node parts still see fx go, and the next start clears the rest.
  child.stdin.on("error", () => undefined);
  child.on("error", () => undefined);
  return {
    guard: (part) => child.stdin.write(`${JSON.stringify(part)}\n`),
    close: () => child.stdin.end(),
  };
}
