import { sha256Hex } from "../domain/hash.ts";
import { DAY } from "../domain/instant.ts";

export interface RetryDelayInput {
  readonly dag_id: string;
  readonly run_id: string;
  readonly task_id: string;
  readonly map_key: string;
  readonly try_number: number;
  /** Tries that count: `try_number` less the tries that a lost worker took. From 1. */
  readonly counted_tries: number;
  readonly retry_delay_ms: number;
  readonly max_retry_delay_ms: number;
  /** What the other side asked for (Retry-After). */
  readonly retry_after_ms: number | null;
}

/** Airflow's MAX_RETRY_DELAY. */
const MAX_RETRY_DELAY_MS = DAY;

/**
 * Exponential backoff with deterministic jitter, as Airflow's TaskInstance.next_retry_datetime:
 *   base = ceil(retry_delay * 2^(tries - 1)), at least 1
 *   delay = base + hash(dag # task # map key # run # try) mod base, so in [base, 2 base)
 * capped at max_retry_delay and a day. Airflow hashes with SHA-1 in seconds; here SHA-256 in milliseconds, and the map key takes
 * part, so that the instances of a mapped task do not return all at once. A Retry-After raises the delay, over max_retry_delay too.
 */
export function retryDelay(input: RetryDelayInput): number {
  const cap = Math.min(input.max_retry_delay_ms, MAX_RETRY_DELAY_MS);
  const base = Math.min(cap, Math.max(1, Math.ceil(input.retry_delay_ms * 2 ** (input.counted_tries - 1))));
  const seed = [input.dag_id, input.task_id, input.map_key, input.run_id, input.try_number].join("#");
  const jitter = Number.parseInt(sha256Hex(seed).slice(0, 13), 16) % base;
  return Math.min(MAX_RETRY_DELAY_MS, Math.max(Math.min(cap, base + jitter), input.retry_after_ms ?? 0));
}
