import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { pickFreePort } from "../processes/ports.ts";
import { createHost } from "./createHost.ts";
import { HOST_CONFIG_VARIABLE, hostConfigSchema, type RuntimesConfig } from "./hostConfig.ts";
import { servingArguments, servingEnvironment } from "./servingProcess.ts";

/**
 * The Workers' host of `fx serve`, as a process of its own: the whole Worker here, and that for predictions in a child, whose runtime has
 * flags of its own. It ends, and both runtimes with it, on SIGTERM, and when the child ends.
 */
const config: RuntimesConfig = {
  ...hostConfigSchema.parse(JSON.parse(process.env[HOST_CONFIG_VARIABLE] ?? "null")),
  whole_port: await pickFreePort(),
  stores_port: await pickFreePort(),
  stores_token: randomUUID(),
};
// workerd inherits what is left.
delete process.env[HOST_CONFIG_VARIABLE];
const host = createHost(config);
if (config.serving === "node") await host.ready;
const serving = spawn(process.execPath, [...servingArguments(config)], {
  env: { ...process.env, ...servingEnvironment(config) },
  stdio: ["ignore", "inherit", "inherit", "ipc"],
});

let is_ending = false;
serving.once("exit", (code, signal) => {
  if (is_ending) return;
  console.error(`The runtime of predictions ended (${signal ?? code}).`);
  process.exit(1);
});
process.once("SIGTERM", () => {
  is_ending = true;
  const ended = new Promise((resolve) => serving.once("exit", resolve));
  serving.kill("SIGTERM");
  void Promise.all([ended, host.dispose()]).finally(() => process.exit(0));
});
await host.ready;
console.log(`The whole Worker listens at http://${config.host}:${config.whole_port}; crons at ${config.cron_port}.`);
