import type { PredictResponse } from "../../shared/contracts/predict.ts";
import { toIso } from "../../shared/domain/instant.ts";
import type { Prediction } from "../serving/predictor.ts";
import { viewOfExplanation } from "./viewOfExplanation.ts";

/** An answer as /predict gives it. */
export function viewOfPrediction({
  record,
  raw_prediction,
  return_interval_bp,
  features_used,
  claim,
  at,
  target_end,
  target_ended,
  market_open,
  view_states,
  knowledge,
  explanation,
}: Prediction): PredictResponse {
  return {
    ...view_states,
    instrument: record.instrument,
    prediction: record.prediction,
    raw_prediction,
    direction: record.prediction >= 0.5 ? "bullish" : "bearish",
    confidence: Math.abs(record.prediction - 0.5) * 2,
    return_interval_bp,
    features_used,
    skill: claim.skill,
    accuracy: claim.accuracy,
    baseline: claim.baseline,
    net_bp: claim.net_bp,
    model_version: `${record.model_name}/${record.model_version}`,
    timestamp: toIso(at),
    event_time: toIso(record.event_time),
    target_start: toIso(record.target_start),
    target_end: toIso(target_end),
    target_ended,
    market_open,
    news_features: view_states["news_features"] ?? "unused",
    ...(knowledge === null ? {} : { basis: knowledge.basis, recorded_until: toIso(knowledge.recorded_until) }),
    prediction_id: record.prediction_id,
    ...(explanation === undefined ? {} : { explanation: viewOfExplanation(explanation) }),
  };
}
