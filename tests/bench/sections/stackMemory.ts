import { memoryRow } from "../memoryRow.ts";
import type { Section } from "../section.ts";
import type { StackHost } from "../stackUnderTest.ts";

/** Of every process that the command started, the fx command itself included. */
function memorySection(name: string, host: StackHost, command: string): Section {
  return {
    name,
    work: `memory of the whole stack, ${command}`,
    peer: "> 2 GB, a part of it only",
    note: "all processes of the command, fx itself included; sampled every 0.5 s",
    budget: "-",
    run: async (context) => {
      const { idle, peak, bootstrapped } = await context.stack(host);
      const start = bootstrapped ? "peak of start and bootstrap" : "peak of start";
      return [{ ...memoryRow("idle, 10 s after the first prediction", idle), budget: "< 1 GB" }, memoryRow(start, peak)];
    },
  };
}

export const memoryDev = memorySection("memory-dev", "start", "npm start (wrangler dev)");
export const memoryServe = memorySection("memory-serve", "serve", "fx serve");
