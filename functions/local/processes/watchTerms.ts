/** How long a part that runs may be silent. */
export interface WatchTerms {
  /** Between two questions. What they have brought is judged more often. */
  readonly period_ms: number;
  /** A closed port does not open again by itself. */
  readonly refused_for_ms: number;
  /** A Worker may be busy with a slice of 30 s of CPU on a crowded machine; beyond this it hangs. */
  readonly silent_for_ms: number;
  /**
   * Once a process of the part has ended, silence is no work any more: wrangler answers within 4 s of the end of its runtime, and never
   * again after the end of its front, whose successor holds every request back.
   */
  readonly bereft_for_ms: number;
}

export const WATCH_TERMS: WatchTerms = { period_ms: 5_000, refused_for_ms: 15_000, silent_for_ms: 120_000, bereft_for_ms: 10_000 };
