/** Waits for work, but no longer than this: Miniflare never answers a write of R2 or KV for which its disk has no room. */
export async function inTime<Result>(work: Promise<Result>, limit_ms: number): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${limit_ms / 1_000} s`)), limit_ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
