import { toAppError } from "../shared/errors.ts";
import { readSettings } from "./settings.ts";
import { type Sidecar, startSidecar } from "./startSidecar.ts";

/**
 * `node --experimental-strip-types gpu-sidecar/main.ts`. Ends on SIGTERM and SIGINT, and when the process that started it with
 * an IPC channel goes away, always taking its training processes with it.
 */
async function main(): Promise<void> {
  try {
    const sidecar = await startSidecar(readSettings(process.env), process.env, (line) => console.error(`gpu-sidecar: ${line}`));
    stopOnSignals(sidecar);
    console.log(`gpu-sidecar listening on ${sidecar.url} (${sidecar.summary})`);
  } catch (error) {
    console.error(`gpu-sidecar: ${toAppError(error).message}`);
    process.exit(1);
  }
}

function stopOnSignals(sidecar: Sidecar): void {
  const stop = () => {
    sidecar.stop();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  if (process.channel === undefined) return;
  process.once("disconnect", stop);
  if (!process.connected) stop(); // the parent went away while the sidecar was starting
}

await main();
