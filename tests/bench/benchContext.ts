import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killMarked } from "./killMarked.ts";
import type { BenchContext } from "./section.ts";
import { createStackStarter, type StackUnderTest } from "./stackUnderTest.ts";

/** Every process that a section starts inherits it, so that none outlives the bench, however that ends. */
const MARK = "BENCH_MARK";

/**
 * Starts a stack when a section asks for one, keeps it for the next, and stops it before another host's starts. All
 * temporary files of all sections are in one folder, which `close` removes. `onStop` is called when a signal ends the bench.
 */
export function benchContext(onStop: () => void): BenchContext & { close(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), "fx-bench-"));
  const mark = randomUUID();
  process.env["TMPDIR"] = folder;
  process.env[MARK] = mark;
  const start = createStackStarter(folder);
  let running: StackUnderTest | null = null;
  const stop = async () => {
    await running?.stop();
    running = null;
  };
  const close = async () => {
    await stop();
    killMarked(mark);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      onStop();
      void close().finally(() => process.exit(130));
    });
  }
  return {
    async stack(host) {
      if (running?.host === host) return running;
      await stop();
      running = await start(host);
      return running;
    },
    close,
  };
}
