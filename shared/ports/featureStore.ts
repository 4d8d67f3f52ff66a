import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Effect } from "./effect.ts";

/** A view as the registry keeps it: the names that a row's values stand for, in order. */
export interface RegisteredView {
  readonly view: string;
  readonly schema_hash: string;
  readonly ttl_ms: number;
  readonly features: readonly RegisteredFeature[];
}

export interface RegisteredFeature {
  readonly name: string;
  readonly version: number;
  readonly unit: string;
  readonly lookback_bars: number;
  readonly warm_up_bars: number;
  readonly description: string;
}

/** One row of one view of one instrument. `values[i]` belongs to the view's i-th feature; NaN stands for null. */
export interface FeatureRow {
  readonly event_time: Instant;
  /** When this version of the row could first be computed: the latest available_at of its inputs. */
  readonly created_time: Instant;
  readonly available_at: Instant;
  readonly values: Float64Array;
}

/** How far a view is built for an instrument, and the state of its inputs when that was read. */
export interface FeatureProgress {
  /** Event time up to which the rows are built and current; null before the first build. Inputs that come late lower it. */
  readonly built_until: Instant | null;
  /**
   * Goes up with every change of what the view is built from: bars of any instrument for a market view, the articles' silver for
   * news_features, their scores for news_silver.
   */
  readonly revision: number;
}

/** Rows that were read together: the values of row `first + i` begin at `i * width`. What a row lacks of the width is NaN. */
export interface HistoryPage {
  readonly first: number;
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Rows of one view of one instrument as columns: many of them are joined, and an object a row costs more than its values. */
export interface FeatureHistory {
  readonly length: number;
  readonly event_time: Float64Array;
  readonly created_time: Float64Array;
  readonly available_at: Float64Array;
  /** In order; together they hold every row once. */
  readonly pages: readonly HistoryPage[];
}

export interface FeatureStore {
  /** Adds the view's definition when it is new. Never changes one. */
  register(view: RegisteredView): Promise<void>;
  view(view: string, schema_hash: string): Promise<RegisteredView | null>;
  /**
   * Adds the rows, which are of the view's given schema. One that stands there by (instrument, view, event_time, created_time) with another
   * content gets a new version, recorded now; with the same, nothing is done. Nothing is ever rewritten.
   */
  write(instrument: Instrument, view: Pick<RegisteredView, "view" | "schema_hash">, rows: readonly FeatureRow[]): Promise<void>;
  /** `write`, to be done with the settlement of a step's slice. The rows' buffers are the write's from then on, and go with it. */
  prepareWrite(instrument: Instrument, view: Pick<RegisteredView, "view" | "schema_hash">, rows: readonly FeatureRow[]): Effect;
  /**
   * Rows of the window by event_time (both ends: `start < event_time <= end`), known at `as_of`, the newest created_time
   * of each event_time, ascending, each in the version last recorded by `recorded_until` (of all, when absent). Rows of another schema
   * are left out. The same question about a `recorded_until` that is sealed has the same answer for ever. The rows and their buffers,
   * which many rows share, are the caller's own.
   */
  read(
    instrument: Instrument,
    view: Pick<RegisteredView, "view" | "schema_hash">,
    window: TimeWindow,
    as_of: Instant,
    recorded_until?: Instant,
  ): Promise<readonly FeatureRow[]>;
  /**
   * Every version of the rows of the window (`start < event_time <= end`) that could be known at `as_of` and was recorded by
   * `recorded_until`, ascending by event_time, created_time and record: what a join needs to tell what was known at each of many moments.
   */
  history(
    instrument: Instrument,
    view: Pick<RegisteredView, "view" | "schema_hash">,
    window: TimeWindow,
    as_of: Instant,
    recorded_until?: Instant,
  ): Promise<FeatureHistory>;
  /**
   * Event time of the row of `rows` rows before the newest one with event_time <= `until` (0: of that one itself), of those that could be
   * known at `as_of` and were recorded by `recorded_until`; rows of one event time are one. Null where there are not that many.
   */
  eventTimeBefore(
    instrument: Instrument,
    view: Pick<RegisteredView, "view" | "schema_hash">,
    rows: number,
    known: { readonly until: Instant; readonly as_of: Instant },
    recorded_until?: Instant,
  ): Promise<Instant | null>;
  /** The event times of `read`, without the rows. */
  eventTimes(
    instrument: Instrument,
    view: Pick<RegisteredView, "view" | "schema_hash">,
    window: TimeWindow,
    recorded_until?: Instant,
  ): Promise<Float64Array>;
  /**
   * The newest row (event_time, then created_time) with available_at <= as_of, in the version last recorded by `recorded_until` (of all,
   * when absent); null when there is none.
   */
  latest(
    instrument: Instrument,
    view: Pick<RegisteredView, "view" | "schema_hash">,
    as_of: Instant,
    recorded_until?: Instant,
  ): Promise<FeatureRow | null>;
  /** `latest` of each of several views, in one round trip. */
  latestOf(
    instrument: Instrument,
    views: readonly Pick<RegisteredView, "view" | "schema_hash">[],
    as_of: Instant,
  ): Promise<readonly (FeatureRow | null)[]>;
  /**
   * Of each of several instruments and views the newest row (event_time, then created_time) whose event lies from `from` to `to`, both
   * inclusive, and that is known at `as_of`, in the version recorded last; null where there is none. In one round trip.
   */
  newestWithin(
    instruments: readonly Instrument[],
    views: readonly Pick<RegisteredView, "view" | "schema_hash">[],
    events: { readonly from: Instant; readonly to: Instant },
    as_of: Instant,
  ): Promise<readonly (readonly (FeatureRow | null)[])[]>;
  /** `latestOf` at each of several moments, in one round trip. */
  latestOfEach(
    instrument: Instrument,
    views: readonly Pick<RegisteredView, "view" | "schema_hash">[],
    moments: readonly Instant[],
  ): Promise<readonly (readonly (FeatureRow | null)[])[]>;
  /** Event time of the instrument's first row of a view, of whatever schema; null when it has none. */
  firstRow(instrument: Instrument, view: string): Promise<Instant | null>;
  progress(instrument: Instrument, view: Pick<RegisteredView, "view" | "schema_hash">): Promise<FeatureProgress>;
  /** `progress` of each of several views, in one round trip. */
  progressOf(instrument: Instrument, views: readonly Pick<RegisteredView, "view" | "schema_hash">[]): Promise<readonly FeatureProgress[]>;
  /**
   * Sets the progress to `built_until`, unless an input came or the progress moved since `since` was read: what was built
   * meanwhile may lack that input, so the next build starts from the old progress again.
   * @returns whether it was set
   */
  advance(
    instrument: Instrument,
    view: Pick<RegisteredView, "view" | "schema_hash">,
    since: FeatureProgress,
    built_until: Instant,
  ): Promise<boolean>;
  /** `advance`, to be done with the settlement of a step's slice. */
  prepareAdvance(
    instrument: Instrument,
    view: Pick<RegisteredView, "view" | "schema_hash">,
    since: FeatureProgress,
    built_until: Instant,
  ): Effect;
}
