/** Tries, and the longest wait before the first repetition; it doubles. Together about 600 ms, on top of the server's own waiting. */
const TRIES = 5;
const FIRST_WAIT_MS = 20;

/**
 * Two writers at once: SQLite refuses the one that comes second with "busy", before it has written anything (a batch begins IMMEDIATE,
 * and WAL does not refuse at the commit). So that statement or batch can simply be sent again. Left to the caller, the refusal of a
 * settlement would cost a whole lease.
 */
export async function retryBusy<Result>(
  work: () => Promise<Result>,
  sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  random: () => number = Math.random,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= TRIES || !isBusy(error)) throw error;
      // Random, or the two would meet again.
      await sleep(FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + random()));
    }
  }
}

/** TRANSACTION_TIMEOUT: sqld takes a write back whole that has lasted for 5 s while another waits. A busy machine can make it so slow once. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(SQLITE_(BUSY|LOCKED)|TRANSACTION_TIMEOUT)/.test(String(error.code));
}
