import { type LoadSummary, percentile } from "./load/summary.ts";

/** Times of repeated work. */
export interface Timings {
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
}

export function timingsOf(times_ms: readonly number[]): Timings {
  const sorted = Float64Array.from(times_ms).sort();
  return { p50_ms: percentile(sorted, 0.5), p95_ms: percentile(sorted, 0.95), p99_ms: percentile(sorted, 0.99) };
}

/** Runs the work `count` times, one after another, and returns each one's milliseconds. */
export async function timeEach(count: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const times_ms: number[] = [];
  for (let index = 0; index < count; index++) {
    const began = performance.now();
    await work(index);
    times_ms.push(performance.now() - began);
  }
  return times_ms;
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const [elapsed_ms = Number.NaN] = await timeEach(1, work);
  return elapsed_ms / 1_000;
}

export function describeTimings({ p50_ms, p95_ms, p99_ms }: Timings): string {
  return `p50 ${digits(p50_ms)}, p95 ${digits(p95_ms)}, p99 ${digits(p99_ms)} ms`;
}

/** Answers that were not 2xx are never hidden behind a rate. */
export function describeLoad(load: LoadSummary): string {
  const failed = load.failures > 0 ? `, ${load.failures} of ${load.requests} FAILED` : "";
  return `${describeTimings(load)}, ${Math.round(load.per_second).toLocaleString("en")} req/s${failed}`;
}

/** Three significant digits, no exponent. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return "-";
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}
