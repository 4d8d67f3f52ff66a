import { digits } from "../figures.ts";
import { runCounted } from "../limits/countedStack.ts";
import { demandByStep, type StepDemand } from "../limits/demandByStep.ts";
import type { Measured, Section } from "../section.ts";

const HISTORY_DAYS = Number(process.env["FX_BENCH_LIMITS_DAYS"] ?? 365);

export const cloudflareLimits: Section = {
  name: "cloudflare-limits",
  work: `what each step asks of Cloudflare's limits: ${HISTORY_DAYS} days of seven pairs from an empty store, then each pipeline once`,
  note: "the Worker in workerd (fx serve) with its events counted, one slice at a time; heap by the runtime's inspector, garbage and all, and CPU of the runtime's process: upper bounds, but for a peak within one synchronous pass",
  peer: "-",
  budget: "heap <= 128 MB, CPU <= 60 s, subrequests <= 10,000",
  run: async () => {
    const { invocations, samples, largest_message_bytes } = await runCounted({ days: HISTORY_DAYS, has_rows: false });
    const steps = demandByStep(invocations, samples);
    const highest_mb = samples.heap.reduce((most, { bytes }) => Math.max(most, bytes), 0) / 1e6;
    return [...steps.map(rowOf), summaryOf(steps, highest_mb, largest_message_bytes)];
  },
};

function rowOf({ label, invocations, heap_mb, cpu_ms, wall_ms, subrequests }: StepDemand): Measured {
  const heap = heap_mb === null ? "heap not seen" : `heap ${digits(heap_mb)} MB`;
  const text = `${heap}, CPU ${digits(cpu_ms / 1_000)} s, ${digits(wall_ms / 1_000)} s, ${subrequests} subrequests (the most of ${invocations})`;
  return { label, text, values: { heap_mb: heap_mb ?? 0, cpu_ms, wall_ms, subrequests, invocations } };
}

function summaryOf(steps: readonly StepDemand[], heap_mb: number, largest_message_bytes: number): Measured {
  const highest = (figure: (step: StepDemand) => number) => Math.max(...steps.map(figure));
  const values = {
    heap_mb,
    cpu_ms: highest(({ cpu_ms }) => cpu_ms),
    wall_ms: highest(({ wall_ms }) => wall_ms),
    subrequests: highest(({ subrequests }) => subrequests),
    largest_message_bytes,
  };
  const text = `heap at most ${digits(heap_mb)} MB, CPU ${digits(values.cpu_ms / 1_000)} s, ${values.subrequests} subrequests, a message of ${largest_message_bytes} bytes`;
  return { label: "all of them", text, values };
}
