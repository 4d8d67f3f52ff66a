import type { GpuLook, GpuReading } from "./readGpus.ts";

/** A driver is asked in a process of its own: not once for every scraper. */
const KEPT_MS = 5_000;
/** A machine without a driver hardly gets one. */
const NONE_KEPT_MS = 60_000;

/** What the GPUs do, as of a few seconds ago at most. A look that fails is the asker's error, and the next one looks again. */
export function createGpuWatch(read: () => Promise<GpuLook>, now: () => number): () => Promise<readonly GpuReading[]> {
  let kept: readonly GpuReading[] = [];
  let good_until = Number.NEGATIVE_INFINITY;
  let asking: Promise<readonly GpuReading[]> | null = null;

  async function look(): Promise<readonly GpuReading[]> {
    const { gpus, has_driver } = await read();
    kept = gpus;
    good_until = now() + (has_driver ? KEPT_MS : NONE_KEPT_MS);
    return gpus;
  }

  return () => {
    if (now() < good_until) return Promise.resolve(kept);
    asking ??= look().finally(() => {
      asking = null;
    });
    return asking;
  };
}
