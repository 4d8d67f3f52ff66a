import type { TaskKey } from "../contracts/dags.ts";

/**
 * Wakes somebody up to run a task. The ledger is the truth: a hint that is lost, doubled, late or out of order changes nothing but
 * when the task runs, because a sweep finds what is due.
 */
export interface HintQueue {
  /** Delivers no earlier than `delay_ms` from now: a hint that comes before its task is due is dropped by the claim. */
  send(hints: readonly TaskKey[], delay_ms?: number): Promise<void>;
}
