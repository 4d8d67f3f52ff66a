import { spawn } from "node:child_process";
import { join } from "node:path";

export type TestVerdict = "passed" | "failed" | "timed_out";

/** Runs test files in a tree, up to the first that fails. One that hangs past the limit was seen as well: an endless loop is no pass. */
export function runTests(folder: string, tests: readonly string[], limit_ms: number): Promise<TestVerdict> {
  const args = [join(folder, "node_modules/vitest/vitest.mjs"), "run", "--project", "node", "--bail", "1", "--maxWorkers", "1"];
  const child = spawn(process.execPath, [...args, "--reporter", "dot", "--no-coverage", ...tests], {
    cwd: folder,
    stdio: "ignore",
    detached: true,
    env: { ...process.env, CI: "true" },
  });
  return new Promise((resolve) => {
    let is_late = false;
    const timer = setTimeout(() => {
      is_late = true;
      // The whole group: its workers would go on.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, limit_ms);
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(is_late ? "timed_out" : code === 0 ? "passed" : "failed");
    });
  });
}
