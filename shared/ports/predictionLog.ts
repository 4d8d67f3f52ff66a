import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Effect } from "./effect.ts";

/** Who asked: a user of the API, or the hourly pipeline, which asks once about every bar. */
export const PREDICTION_SOURCES = ["user", "pipeline"] as const;
export type PredictionSource = (typeof PREDICTION_SOURCES)[number];

/** One served answer, with the vector that made it. */
export interface PredictionRecord {
  readonly prediction_id: string;
  readonly instrument: Instrument;
  readonly model_name: string;
  readonly model_version: string;
  readonly event_time: Instant;
  readonly target_start: Instant;
  readonly prediction: number;
  readonly requested_at: Instant;
  /** The moment asked for, when it was not now. Such answers are not forecasts and stay out of live performance. */
  readonly as_of: Instant | null;
  readonly features: readonly (number | null)[];
  /** What making the answer took, in whole microseconds; absent: nobody took the time. On Cloudflare computing takes none that can be read. */
  readonly latency_us?: number | null;
}

export interface PredictionLog {
  /** Stores a batch of what users asked for. A prediction_id that is there already is left as it is. */
  append(records: readonly PredictionRecord[]): Promise<void>;
  /** The pipeline's own, to be stored with the settlement of a step's slice. Of two with one prediction_id the first stands. */
  prepareForecast(record: PredictionRecord): Effect;
}
