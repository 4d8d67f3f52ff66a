import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";

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

export interface FeatureStore {
  /** Adds the view's definition when it is new. Never changes one. */
  register(view: RegisteredView): Promise<void>;
  view(view: string, schema_hash: string): Promise<RegisteredView | null>;
  /** Upserts by (instrument, view, event_time, created_time). The rows are of the view's given schema. */
  write(instrument: Instrument, view: Pick<RegisteredView, "view" | "schema_hash">, rows: readonly FeatureRow[]): Promise<void>;
  /**
   * Rows of the window by event_time (both ends: `start < event_time <= end`), known at `as_of`, the newest created_time
   * of each event_time, ascending. Rows of another schema are left out.
   */
  read(
    instrument: Instrument,
    view: Pick<RegisteredView, "view" | "schema_hash">,
    window: TimeWindow,
    as_of: Instant,
  ): Promise<readonly FeatureRow[]>;
  /** The newest row (event_time, then created_time) with available_at <= as_of; null when there is none. */
  latest(instrument: Instrument, view: Pick<RegisteredView, "view" | "schema_hash">, as_of: Instant): Promise<FeatureRow | null>;
  /** Event time up to which the view's rows are built and current; null before the first build. Late bars lower it. */
  progress(instrument: Instrument, view: Pick<RegisteredView, "view" | "schema_hash">): Promise<Instant | null>;
  /**
   * Sets the progress to `built_until` if it still is `expected`; a late bar that lowered it meanwhile stays in force.
   * @returns whether it was set
   */
  advance(
    instrument: Instrument,
    view: Pick<RegisteredView, "view" | "schema_hash">,
    expected: Instant | null,
    built_until: Instant,
  ): Promise<boolean>;
}
