import { toAppError } from "../../shared/errors.ts";

export interface RetryPolicy {
  /** The first one counts. */
  readonly max_tries: number;
  readonly base_ms: number;
  /** The longest wait. What must wait longer is left to the caller, with its retry_after_ms. */
  readonly max_wait_ms: number;
}

export interface RetryTools {
  readonly sleep: (ms: number) => Promise<void>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/**
 * Tries until it works, fails for good, or has been tried enough; the last error is thrown. The wait before try n + 1 is
 * uniform in [d/2, d) with d = min(max_wait, base x 2^(n-1)) ("equal jitter"), and never shorter than Retry-After.
 */
export async function retrying<Result>(work: () => Promise<Result>, policy: RetryPolicy, { sleep, random }: RetryTools): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (caught) {
      const error = toAppError(caught);
      const asked_ms = error.retry_after_ms ?? 0;
      if (!error.retryable || tries >= policy.max_tries || asked_ms > policy.max_wait_ms) throw error;
      const backoff_ms = Math.min(policy.max_wait_ms, policy.base_ms * 2 ** (tries - 1));
      await sleep(Math.max(asked_ms, Math.round(backoff_ms * (0.5 + random() / 2))));
    }
  }
}
