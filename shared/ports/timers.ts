/** One-shot timers, so that timeouts and heartbeats can be driven by a test. */
export interface Timers {
  /** Calls `run` once after `delay_ms`. The function that it returns cancels the call. */
  after(delay_ms: number, run: () => void): () => void;
}
