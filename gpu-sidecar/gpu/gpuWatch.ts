import type { GpuReading } from "./readGpus.ts";

/** A driver is asked in a process of its own: not once for every scraper. */
const KEPT_MS = 5_000;
/** A machine without one hardly gets one. */
const NONE_KEPT_MS = 60_000;

/** What the GPUs do, as of a few seconds ago at most. */
export function createGpuWatch(read: () => Promise<readonly GpuReading[]>, now: () => number): () => Promise<readonly GpuReading[]> {
  let kept: readonly GpuReading[] = [];
  let good_until = Number.NEGATIVE_INFINITY;
  let asking: Promise<readonly GpuReading[]> | null = null;
  return () => {
    if (now() < good_until) return Promise.resolve(kept);
    asking ??= read().then((found) => {
      kept = found;
      good_until = now() + (found.length === 0 ? NONE_KEPT_MS : KEPT_MS);
      asking = null;
      return found;
    });
    return asking;
  };
}
