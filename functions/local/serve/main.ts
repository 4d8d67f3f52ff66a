import { createHost } from "./createHost.ts";
import { HOST_CONFIG_VARIABLE, hostConfigSchema } from "./hostConfig.ts";

/** The Worker's host of `fx serve`, as a process of its own. It ends, and workerd with it, on SIGTERM. */
const config = hostConfigSchema.parse(JSON.parse(process.env[HOST_CONFIG_VARIABLE] ?? "null"));
// workerd inherits what is left.
delete process.env[HOST_CONFIG_VARIABLE];
const host = createHost(config);

process.once("SIGTERM", () => {
  void host.dispose().finally(() => process.exit(0));
});
await host.ready;
console.log(`The Worker listens at http://${config.host}:${config.port}; crons at ${config.cron_port}.`);
