import type { Server } from "node:http";
import { setFlagsFromString } from "node:v8";
import { serve } from "@hono/node-server";
import { createClock } from "../../shared/domain/clock.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { optimalAccuracy } from "../../shared/domain/plantedSignal.ts";
import { toAppError } from "../../shared/errors.ts";
import { createSandbox } from "./createSandbox.ts";
import { loadRecordedMarket } from "./replay/loadRecordedMarket.ts";
import { readSandboxConfig, type SandboxConfig } from "./sandboxConfig.ts";

// The stack shares 1 GB: a small heap is worth more here than speed (measured: 141 MB at most in place of 199 MB, the
// simulation to 2026 still under half a second).
setFlagsFromString("--optimize-for-size");

/** The sandbox as a process: settings from the environment, one line when it listens, one sentence when it cannot. */
async function main(): Promise<void> {
  const config = readSandboxConfig(process.env);
  const { seed, signal, token, allowed_hosts } = config;
  const clock = createClock(config.clock_start, Date.now);
  const recorded = config.candles === null ? null : await loadRecordedMarket(config.candles, console.log);
  const app = createSandbox({ clock, seed, signal, token, allowed_hosts, ...(recorded ? { recorded } : {}) });
  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, (address) => {
    const best = `${(optimalAccuracy(signal) * 100).toFixed(1)} %`;
    console.log(
      `sandbox: listening on http://${config.host}:${address.port} (seed ${seed}, signal ${signal}, best accuracy ${best}, clock ${toIso(clock.now())})`,
    );
  }) as Server;
  server.on("error", (error: NodeJS.ErrnoException) => fail(describeListenError(error, config)));
  stopOnRequest(server);
}

/** Ends on a signal, or with the parent process when that one is gone. */
function stopOnRequest(server: Server): void {
  const stop = (): void => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  if (process.connected) process.once("disconnect", stop);
}

function describeListenError(error: NodeJS.ErrnoException, { host, port }: SandboxConfig): string {
  if (error.code === "EADDRINUSE") return `port ${port} on ${host} is taken. Stop what listens there, or set SANDBOX_PORT to a free port.`;
  if (error.code === "EACCES") return `port ${port} may not be opened by this user. Set SANDBOX_PORT to one above 1023.`;
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") return `SANDBOX_HOST: "${host}" is not an address of this machine.`;
  return `cannot listen on ${host}:${port}: ${error.message}`;
}

function fail(sentence: string): never {
  console.error(`sandbox: ${sentence}`);
  process.exit(1);
}

await main().catch((error: unknown) => fail(toAppError(error).message));
