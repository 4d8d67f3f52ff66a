import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { PredictionRecord, PredictionSource } from "./predictionLog.ts";

/** A served answer as it stands in the log. */
export interface StoredPrediction extends PredictionRecord {
  readonly source: PredictionSource;
}

/** A served answer without the vector that made it. */
export type PredictionSummary = Omit<StoredPrediction, "features">;

/** Where a page ended. */
export type PredictionMark = Pick<PredictionRecord, "requested_at" | "prediction_id">;

export interface PredictionQuery {
  readonly instrument: Instrument;
  /** Asked in `from <= requested_at < to`; null: without a bound. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** Only what was asked for by this source; null or absent: by any. */
  readonly source?: PredictionSource | null;
  /** Only what comes behind this one. */
  readonly after: PredictionMark | null;
  readonly limit: number;
}

/** One version of a row of features. */
export interface StoredFeatureRow {
  readonly event_time: Instant;
  readonly created_time: Instant;
  readonly available_at: Instant;
  readonly recorded_at: Instant;
  /** NaN stands for null. */
  readonly values: Float64Array;
}

/** An object of bronze with the bars of a span that came from it. What is not in the manifest has the name alone. */
export interface BronzeSource {
  readonly key: string;
  readonly origin: string | null;
  readonly sha256: string | null;
  readonly ingested_at: Instant | null;
  readonly bars: number;
  readonly first_start: Instant;
  readonly last_start: Instant;
}

/** Mid at the close of an hourly bar, and since when this store has the bar. */
export interface KnownClose {
  readonly start: Instant;
  readonly mid_c: number;
  readonly ingested_at: Instant;
}

/** What was really answered, and what it was made of. */
export interface PredictionReader {
  /** The newest first; those of one moment by their id, the largest first. */
  list(query: PredictionQuery): Promise<readonly PredictionSummary[]>;
  /** The last answer of a model about now that was asked by then, on a row that had ended by `made_on`; null where there is none. */
  lastAnswer(
    instrument: Instrument,
    model_name: string,
    moment: { readonly asked_by: Instant; readonly made_on: Instant },
  ): Promise<PredictionSummary | null>;
  find(prediction_id: string): Promise<StoredPrediction | null>;
  /** The hourly bars that start at these moments, as they stand now, by their start. */
  closes(instrument: Instrument, starts: readonly Instant[]): Promise<ReadonlyMap<Instant, KnownClose>>;
  /** The versions of a row that could be known at `known_at`, the one that was recorded last first. */
  rowVersions(
    instrument: Instrument,
    view: { readonly view: string; readonly schema_hash: string },
    event_time: Instant,
    known_at: Instant,
  ): Promise<readonly StoredFeatureRow[]>;
  /** Where the last `bars` hourly bars that ended by `until` came from, as they stood when `recorded_until` was recorded; oldest bars first. */
  bronzeSources(
    instrument: Instrument,
    span: { readonly until: Instant; readonly bars: number; readonly recorded_until: Instant },
  ): Promise<readonly BronzeSource[]>;
}
