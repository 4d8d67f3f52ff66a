import { createServingHost } from "./createHost.ts";
import { HOST_CONFIG_VARIABLE, runtimesConfigSchema } from "./hostConfig.ts";

/** The host of the Worker for predictions: a child of main.ts, and ends with it. */
const config = runtimesConfigSchema.parse(JSON.parse(process.env[HOST_CONFIG_VARIABLE] ?? "null"));
// workerd inherits what is left.
delete process.env[HOST_CONFIG_VARIABLE];
const host = createServingHost(config);

process.once("SIGTERM", () => {
  void host.dispose().finally(() => process.exit(0));
});
await host.ready;
console.log(`Predictions are answered at http://${config.host}:${config.port}.`);
