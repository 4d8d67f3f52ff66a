import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServingHost } from "../../../functions/local/serve/createHost.ts";
import type { RuntimesConfig } from "../../../functions/local/serve/hostConfig.ts";
import { servingArguments, servingEnvironment } from "../../../functions/local/serve/servingProcess.ts";

export interface ServingHost {
  /** Of a process of its own. */
  readonly pid?: number | undefined;
  dispose(): Promise<void>;
}

/** What answers predictions before a whole Worker that is up: the runtime for them, in a process that is this one's, or Node's own. */
export async function startServingHost(config: RuntimesConfig): Promise<ServingHost> {
  if (config.serving === "node") return startNode(config);
  const host = createServingHost(config);
  await host.ready;
  return host;
}

async function startNode(config: RuntimesConfig): Promise<ServingHost> {
  const env = { ...process.env, ...servingEnvironment(config) };
  const child = spawn(process.execPath, servingArguments(config), { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  await Promise.race([once(child.stdout, "data"), ended.then(([code]) => Promise.reject(new Error(`Node's host ended with ${code}`)))]);
  return {
    pid: child.pid,
    async dispose() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
