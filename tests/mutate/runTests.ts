import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { TestRequest } from "./testServer.ts";

export type TestVerdict = "passed" | "failed" | "timed_out";

export interface TestRunner {
  /** `changed` names the files, absolute, that are other than in the run before. */
  run(request: TestRequest, limit_ms: number): Promise<TestVerdict>;
  stop(): void;
}

/** Runs test files in a tree, up to the first that fails. One that hangs past the limit was seen as well: an endless loop is no pass. */
export function createTestRunner(folder: string): TestRunner {
  let server: ChildProcess | null = null;
  const stop = () => {
    // The whole group: its workers would go on.
    if (server?.pid !== undefined && server.exitCode === null) process.kill(-server.pid, "SIGKILL");
    server = null;
  };
  const run = async (request: TestRequest, limit_ms: number): Promise<TestVerdict> => {
    server ??= await startServer(folder);
    const verdict = await ask(server, request, limit_ms);
    if (verdict === "timed_out") stop();
    return verdict;
  };
  return { run, stop };
}

async function startServer(folder: string): Promise<ChildProcess> {
  const server = fork(join(import.meta.dirname, "testServer.ts"), [folder], {
    cwd: folder,
    detached: true,
    env: { ...process.env, CI: "true" },
  });
  await Promise.race([once(server, "message"), once(server, "exit").then(() => Promise.reject(new Error("Vitest did not start")))]);
  return server;
}

function ask(server: ChildProcess, request: TestRequest, limit_ms: number): Promise<TestVerdict> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => resolve("timed_out")), limit_ms);
    const onMessage = (is_passed: boolean) => settle(() => resolve(is_passed ? "passed" : "failed"));
    const onExit = () => settle(() => reject(new Error(`Vitest ended while it ran ${request.tests.join(", ")}`)));
    const settle = (then: () => void) => {
      clearTimeout(timer);
      server.off("message", onMessage).off("exit", onExit);
      then();
    };
    server.once("message", onMessage).once("exit", onExit);
    server.send(request);
  });
}
