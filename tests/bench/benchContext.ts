import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptStore } from "./keptStore.ts";
import { killMarked } from "./killMarked.ts";
import type { BenchContext, Measured, StackStore } from "./section.ts";
import { createStackStarter, type StackHost, type StackUnderTest, type StoreSize } from "./stackUnderTest.ts";

/** Every process that a section starts inherits it, so that none outlives the bench, however that ends. */
const MARK = "BENCH_MARK";

/**
 * Starts a stack when a section asks for one, keeps it for the next, and stops it before another host's starts. All
 * temporary files of all sections are in one folder, which `close` removes. `onStop` is called when a signal ends the bench, `onRow` with
 * what a section tells before it ends.
 */
export function benchContext(onStop: () => void, onRow: (row: Measured) => void): BenchContext & { close(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), "fx-bench-"));
  const mark = randomUUID();
  process.env["TMPDIR"] = folder;
  process.env[MARK] = mark;
  const startOwn = createStackStarter(folder);
  let startKept: ((host: StackHost) => Promise<StackUnderTest>) | null = null;
  let running: (StackUnderTest & { readonly store: StackStore }) | null = null;
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
    async stack(host, store = "own") {
      if (running?.host === host && running.store === store) return running;
      await stop();
      if (store === "kept") startKept ??= await starterOfKept(join(folder, "kept"));
      const stack = await (startKept !== null && store === "kept" ? startKept : startOwn)(host);
      running = { ...stack, store };
      return running;
    },
    tell(row) {
      process.stderr.write(`  ${row.label}: ${row.text}\n`);
      onRow(row);
    },
    close,
  };
}

async function starterOfKept(folder: string): Promise<(host: StackHost) => Promise<StackUnderTest>> {
  const began = performance.now();
  const size = await keptStore(folder, fillStore);
  process.stderr.write(`The store was there after ${((performance.now() - began) / 1_000).toFixed(1)} s\n`);
  return createStackStarter(folder, size);
}

async function fillStore(folder: string, size: StoreSize): Promise<string> {
  process.stderr.write("No store is kept of this schema and market: one is filled, which takes minutes once\n");
  const stack = await createStackStarter(folder, size)("serve");
  try {
    const { clock } = (await (await fetch(`${stack.url}/api/store`)).json()) as { clock: string };
    return clock;
  } finally {
    await stack.stop();
  }
}
