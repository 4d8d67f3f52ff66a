import { z } from "zod";
import { digits, timingsOf } from "./figures.ts";
import type { Measured } from "./section.ts";

/** Milliseconds of the same work on both sides, in the order in which they were taken in turn. */
export const pairedTimesSchema = z.object({ ours: z.array(z.number()).min(1), theirs: z.array(z.number()).min(1) });
export type PairedTimes = z.infer<typeof pairedTimesSchema>;

/** The median of the ratios of neighbours, ours / theirs: what else the machine did weighed on both of a pair. */
export function ratioOf({ ours, theirs }: PairedTimes): number {
  return timingsOf(ours.map((own, index) => own / theirs[index]!)).p50_ms;
}

export function pairedRow(label: string, times: PairedTimes, budget: string): Measured {
  const [ours, theirs, ratio] = [timingsOf(times.ours), timingsOf(times.theirs), ratioOf(times)];
  return {
    label,
    text: `${digits(ratio)} x: p50 ${digits(ours.p50_ms)} ms here, there ${digits(theirs.p50_ms)} ms (p95 ${digits(ours.p95_ms)}, ${digits(theirs.p95_ms)}; ${times.ours.length} pairs)`,
    values: { ratio, ours_p50_ms: ours.p50_ms, ours_p95_ms: ours.p95_ms, theirs_p50_ms: theirs.p50_ms, theirs_p95_ms: theirs.p95_ms },
    budget,
  };
}
