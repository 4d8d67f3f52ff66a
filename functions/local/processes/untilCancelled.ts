/** Resolves when the signal fires. A pending promise keeps no process alive: what the process serves does. */
export function untilCancelled(cancelled: AbortSignal): Promise<void> {
  if (cancelled.aborted) return Promise.resolve();
  return new Promise((resolve) => cancelled.addEventListener("abort", () => resolve(), { once: true }));
}
