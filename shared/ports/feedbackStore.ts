import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { RealizedDirection } from "../monitoring/settle.ts";

/** What somebody says came of the bars that predictions are about: all that were made on one row and look as far ahead. */
export interface Feedback {
  readonly instrument: Instrument;
  readonly event_time: Instant;
  readonly horizon_bars: number;
  readonly realized_direction: RealizedDirection;
  /** Mid at the end of the last of those bars; null where only the direction was said. */
  readonly realized_price: number | null;
  /** Who says so, or from which feed. */
  readonly source: string;
  readonly reported_at: Instant;
}

export interface FeedbackStore {
  /** Keeps the first that is said of a bar. @returns what stands now: this one, or the one that was there. */
  report(feedback: Feedback): Promise<Feedback>;
  /** What was said of rows of these event times. */
  of(instrument: Instrument, event_times: readonly Instant[]): Promise<readonly Feedback[]>;
}
