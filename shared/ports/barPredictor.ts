import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { PredictionRecord } from "./predictionLog.ts";

/** An answer of serving, not logged yet. */
export interface BarPrediction {
  readonly record: PredictionRecord;
  /** End of what it is about. */
  readonly target_end: Instant;
}

/** Serving as a pipeline asks it: the code behind POST /predict, without HTTP. */
export interface BarPredictor {
  /**
   * What is predicted now for an instrument, by the model in Production and the newest features.
   * @throws as POST /predict: no_production_model, features_missing, features_stale, ...
   */
  now(instrument: Instrument): Promise<BarPrediction>;
}
