import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { KnownOutcome } from "../monitoring/settle.ts";
import type { Effect } from "./effect.ts";

/** Rows of features and how far ahead was looked: what all predictions with one outcome have in common. */
export interface PredictedBar {
  readonly event_time: Instant;
  readonly horizon_bars: number;
}

/** What became of it, as it was settled. */
export interface StoredOutcome extends PredictedBar, KnownOutcome {
  readonly instrument: Instrument;
  /** From 1: how often it was settled, a correction of the bars or a report being another time. */
  readonly version: number;
  readonly target_end: Instant;
  /** The closes that decide it; null where it was reported and the bars are not there. */
  readonly mid_from: number | null;
  readonly mid_to: number | null;
  /** Since when this store has those bars. */
  readonly from_ingested_at: Instant | null;
  readonly to_ingested_at: Instant | null;
  readonly settled_at: Instant;
}

/** What became of predictions, each version of it. Nothing is ever rewritten. */
export interface OutcomeStore {
  /** The newest version of each that was made on rows of these times. */
  of(instrument: Instrument, event_times: readonly Instant[]): Promise<readonly StoredOutcome[]>;
  /** All versions of one, the first first. */
  versions(instrument: Instrument, bar: PredictedBar): Promise<readonly StoredOutcome[]>;
  /**
   * What was predicted on rows of before `until` and has no outcome by the bars, the newest first: all that is about the newest `limit` rows of
   * it. Where a bar never comes it stays so: who wants the older ones asks again with the oldest event time of the answer as `until`.
   */
  open(instrument: Instrument, until: Instant, limit: number): Promise<readonly PredictedBar[]>;
  /**
   * What has an outcome that is to be another, made on rows of before `until`: settled by a bar that was replaced since, or before somebody
   * reported otherwise; at most `limit` of either, the newest.
   */
  changed(instrument: Instrument, until: Instant, limit: number): Promise<readonly PredictedBar[]>;
  /**
   * Adds versions, and closes what the bars have decided. Of two of one number the first stands. To be done with the settlement of a step's
   * slice.
   */
  prepareOutcomes(outcomes: readonly StoredOutcome[]): Effect;
}
