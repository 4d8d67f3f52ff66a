/** Before each repetition. Together longer than a database that was killed takes to be up again: 0.1 s, and some on a busy machine. */
const PAUSES_MS = [100, 200, 400, 800, 1_600];

/**
 * Sends a write again whose connection broke or could not be made, as it is while the database is started again. The write may have been
 * done all the same: each is one that may come twice, or wants the token of a lease (database.ts). One whose time is up is left to its
 * caller, who knows whether it is still wanted.
 */
export async function retryLost<Result>(
  work: () => Promise<Result>,
  sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
): Promise<Result> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const pause_ms = PAUSES_MS[tries];
      if (pause_ms === undefined || !isLost(error)) throw error;
      await sleep(pause_ms);
    }
  }
}

/** What fetch says, in Node and in workerd, of a connection that broke or was refused. What libSQL itself says has a code. */
const LOST = /fetch failed|terminated|connection lost|connection refused|disconnected/i;

function isLost(error: unknown): boolean {
  return error instanceof Error && !("code" in error) && error.name !== "TimeoutError" && LOST.test(error.message);
}
