/** One exchange with /predict, as OpenAPI shows it: the model of a pair, asked half an hour after a bar has ended. */
export const PREDICT_REQUEST_EXAMPLE = { instrument: "USD_SGD" };

export const PREDICT_ANSWER_EXAMPLE = {
  instrument: "USD_SGD",
  prediction: 0.525,
  raw_prediction: 0.5181,
  direction: "bullish",
  confidence: 0.05,
  return_interval_bp: {
    ...{ low: -11.2, high: 11.9, level: 0.9, n: 1733 },
    realised_coverage: { estimate: 0.897, low: 0.885, high: 0.91 },
  },
  features_used: 84,
  skill: "none",
  accuracy: { estimate: 0.547, low: 0.5325, high: 0.5614 },
  baseline: { name: "momentum", accuracy: 0.5595 },
  net_bp: { estimate: -0.82, low: -1, high: -0.64 },
  model_version: "fx-usdsgd-predictor/1",
  timestamp: "2026-11-24T07:29:25.966Z",
  event_time: "2026-11-24T07:00:00.000Z",
  target_start: "2026-11-24T07:00:00.000Z",
  target_end: "2026-11-24T08:00:00.000Z",
  target_ended: false,
  market_open: true,
  news_features: "fresh",
  prediction_id: "0ebb09aa-5f0c-4c8e-9e0b-0a4d3c2b1a00",
} as const;

/** The same answer an hour later, as the log has it. */
export const PREDICTION_SUMMARY_EXAMPLE = {
  prediction_id: PREDICT_ANSWER_EXAMPLE.prediction_id,
  instrument: "USD_SGD",
  source: "user",
  prediction: PREDICT_ANSWER_EXAMPLE.prediction,
  direction: PREDICT_ANSWER_EXAMPLE.direction,
  model_version: PREDICT_ANSWER_EXAMPLE.model_version,
  requested_at: PREDICT_ANSWER_EXAMPLE.timestamp,
  as_of: null,
  event_time: PREDICT_ANSWER_EXAMPLE.event_time,
  target_start: PREDICT_ANSWER_EXAMPLE.target_start,
  target_end: PREDICT_ANSWER_EXAMPLE.target_end,
  outcome: {
    ...{ realized_direction: "bullish", return_bp: 3.1, was_right: true, source: "bars", by_bars: "bullish" },
    known_at: "2026-11-24T08:00:05.120Z",
  },
} as const;
