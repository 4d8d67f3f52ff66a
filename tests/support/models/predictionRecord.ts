import type { PredictionRecord } from "../../../shared/ports/predictionLog.ts";

/** A served prediction by its id. */
export function predictionRecord(prediction_id: string, change: Partial<PredictionRecord> = {}): PredictionRecord {
  return {
    prediction_id,
    instrument: "USD_SGD",
    model_name: "m",
    model_version: "1",
    event_time: 0,
    target_start: 0,
    prediction: 0.5,
    requested_at: 0,
    as_of: null,
    features: [],
    ...change,
  };
}
