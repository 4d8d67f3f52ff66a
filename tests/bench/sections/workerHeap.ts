import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { INSPECTOR_VARIABLE } from "../../../functions/local/stack/settings.ts";
import { freePort } from "../../support/stack/freePort.ts";
import { digits } from "../figures.ts";
import { heapPeakDuring } from "../isolateHeap.ts";
import type { Section } from "../section.ts";
import { createStackStarter } from "../stackUnderTest.ts";

const HISTORY_DAYS = 730;

/** A stack of its own: that of the other sections runs without an inspector. */
export const workerHeap: Section = {
  name: "worker-heap",
  work: "the Worker's heap while two years of seven pairs are collected, built and trained on (fx serve, several slices at once)",
  note: "Runtime.getHeapUsage of the runtime's inspector, 20 times a second: garbage is counted, and what happens within one synchronous pass is not seen",
  peer: "-",
  budget: "used + ArrayBuffers <= 90 MB",
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), "fx-heap-"));
    try {
      const port = await freePort();
      const size = { env: { [INSPECTOR_VARIABLE]: String(port) }, args: ["--history", String(HISTORY_DAYS)] };
      const { result: stack, peak } = await heapPeakDuring(port, createStackStarter(folder, size)("serve"));
      await stack.stop();
      const { used_mb, buffers_mb, together_mb, samples } = peak;
      const text = `used + ArrayBuffers at most ${digits(together_mb)} MB (used ${digits(used_mb)}, ArrayBuffers ${digits(buffers_mb)}), ${samples} samples in ${digits(stack.first_prediction_seconds)} s`;
      return [{ label: `${HISTORY_DAYS} days, 7 instruments`, text, values: { used_mb, buffers_mb, together_mb, samples } }];
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  },
};
