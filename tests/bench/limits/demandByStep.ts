import { type Invocation, PEERS } from "./invocations.ts";

/** What was read of the runtime from outside, by the clock of the machine. */
export interface Samples {
  /** Bytes of used heap and of ArrayBuffers together. */
  readonly heap: readonly { readonly at: number; readonly bytes: number }[];
  /** Of the runtime's process since its start. */
  readonly cpu: readonly { readonly at: number; readonly ms: number }[];
}

/** What one kind of event took at most, of all of its kind. */
export interface StepDemand {
  readonly label: string;
  readonly invocations: number;
  /** Null: none was short of being sampled. */
  readonly heap_mb: number | null;
  /** Of the runtime's process while the longest ran: its garbage collector and what else came in are in it. */
  readonly cpu_ms: number;
  readonly wall_ms: number;
  readonly subrequests: number;
}

/** Events that ran beside others have what those took, too: with one slice at a time, that is the sweep and what asks from outside. */
export function demandByStep(invocations: readonly Invocation[], samples: Samples): readonly StepDemand[] {
  const labels = [...new Set(invocations.map(({ label }) => label))].sort();
  return labels.map((label) => {
    const own = invocations.filter((one) => one.label === label);
    const heaps = own.flatMap(({ started, ended }) =>
      samples.heap.flatMap(({ at, bytes }) => (at >= started && at <= ended ? [bytes] : [])),
    );
    return {
      label,
      invocations: own.length,
      heap_mb: heaps.length === 0 ? null : Math.max(...heaps) / 1e6,
      cpu_ms: Math.max(...own.map((one) => cpuOf(one, samples))),
      wall_ms: Math.max(...own.map(({ started, ended }) => ended - started)),
      subrequests: Math.max(...own.map(subrequestsOf)),
    };
  });
}

export function subrequestsOf({ asked }: Invocation): number {
  return PEERS.reduce((sum, peer) => sum + asked[peer], 0);
}

/** CPU milliseconds between the last sample before and the first after it. */
export function cpuOf({ started, ended }: Invocation, { cpu }: Samples): number {
  const before = cpu.findLast(({ at }) => at <= started);
  const after = cpu.find(({ at }) => at >= ended);
  return before === undefined || after === undefined ? 0 : after.ms - before.ms;
}
