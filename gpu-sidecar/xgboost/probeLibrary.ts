import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "../childEnvironment.ts";
import { CHILD_NODE_FLAGS } from "../childNodeFlags.ts";
import type { LibraryFacts } from "./libraryFacts.ts";

const PROBE_MAIN = fileURLToPath(new URL("./probeMain.ts", import.meta.url));
const PROBE_TIMEOUT_MS = 20_000;

/** Opens the library in a child process and reads its version and build. Rejects with the loader's own reason. */
export function probeLibrary(path: string): Promise<LibraryFacts> {
  return new Promise((resolve, reject) => {
    const options = { timeout: PROBE_TIMEOUT_MS, killSignal: "SIGKILL", env: childEnvironment(process.env) } as const;
    execFile(process.execPath, [...CHILD_NODE_FLAGS, PROBE_MAIN, path], options, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout) as LibraryFacts);
      else reject(new Error(probeReason(error.signal ?? null, stderr)));
    });
  });
}

function probeReason(signal: string | null, stderr: string): string {
  if (signal !== null) return `loading it ended with ${signal}`;
  const text = stderr.trim().replace(/\s+/g, " ");
  if (/libomp/.test(text)) return `${text} (libomp is missing: brew install libomp)`;
  return text === "" ? "loading it failed without a reason" : text.slice(0, 500);
}
