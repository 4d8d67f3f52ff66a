import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { readRunFile } from "../../functions/local/stack/runFile.ts";
import { openStore } from "../../functions/local/stack/store.ts";
import { createFxWorkplace } from "../support/stack/fxWorkplace.ts";
import { until } from "../support/stack/stackControl.ts";

/**
 * What a script or a service manager does: it starts `npm start` without a terminal, and signals npm's own process. The environment names
 * a proxy that does not exist, which nothing of the stack must ask for another part of it.
 */
const ROOT = join(import.meta.dirname, "../..");
const PROXIES = { HTTP_PROXY: "http://127.0.0.1:9", HTTPS_PROXY: "http://127.0.0.1:9", NODE_USE_ENV_PROXY: "1" };
const WITHIN_MS = 240_000;
const workplace = createFxWorkplace();
afterAll(() => workplace.remove());

it.each(["SIGINT", "SIGTERM"] as const)(
  "%s to npm ends every part",
  async (signal) => {
    const store = workplace.store(signal);
    // Of imported candles: there is nothing to bootstrap.
    openStore(store, "real");
    const env = { ...(await workplace.environment()), ...PROXIES };
    const npm = spawn("npm", ["start", "--silent", "--", "--store", store], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    await untilSaid(npm, "Serving at");
    expect(workplace.processes().length).toBeGreaterThan(4);
    // What the Worker was bundled by has nothing more to do, and would hold hundreds of MB.
    await until("the end of the compiler", async () => !workplace.processes().some((one) => one.includes("esbuild")) || null);
    npm.kill(signal);
    await workplace.untilNothingRuns();
    expect(readRunFile(store)).toBeNull();
  },
  WITHIN_MS,
);

async function untilSaid(child: ChildProcess, words: string): Promise<void> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  for (const deadline = Date.now() + WITHIN_MS; !output.includes(words); await sleep(50)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`npm did not say "${words}":\n${output}`);
  }
}
