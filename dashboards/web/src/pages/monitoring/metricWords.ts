/** What each metric of the monitoring is, in words that stand before "of USD_SGD"; without the span, which is named at its end. */
const WORDS: Readonly<Record<string, string>> = {
  bar_age_h: "age of the newest bar",
  silver_age_h: "age of the newest row of silver",
  online_age_h: "age of the row that is served",
  pipeline_age_h: "time since a pipeline last succeeded",
  news_source_age_h: "time since a news source was last read",
  model_age_d: "age of the model in Production",
  bar_gap_share: "share of open hours without a bar",
  bronze_violations: "collected lines that were refused",
  silver_violations: "rows of silver that are not as their schema says",
  gold_violations: "rows of gold that are not as their schema says",
  rejects: "lines that were refused",
  failing_feeds: "news feeds that fail",
  lexicon_share: "share of articles read by word lists alone",
  newly_missing: "features that have begun to miss values",
  psi: "drift of a feature from its training set (PSI)",
  missing_share: "share of a feature's values that are missing",
  psi_median: "drift of the median feature from training (PSI)",
  psi_excess: "drift of the worst feature, over what is usual of it",
  kl_median: "drift of the median feature from training (KL)",
  prediction_kl: "drift of the predictions from those in training",
  importance_rank: "likeness of what this model and the one before go by",
  missing_rise: "rise of missing values since training",
  log_loss_minus_base: "log loss minus that of the base rate",
  log_loss_minus_baseline: "log loss minus that of the baseline",
  log_loss: "log loss of the probabilities",
  brier: "Brier score",
  accuracy: "share of directions that came true",
  baseline_accuracy: "accuracy of the best baseline",
  accuracy_drop: "accuracy below what the model's card claims",
  f1: "F1 score",
  auc: "area under the ROC curve",
  ece: "mean distance of the calibration curve from the diagonal",
  calibration_in_the_large: "mean probability minus the share that rose",
  interval_coverage: "returns within the predicted interval",
  coverage_gap: "returns within the predicted interval, minus its level",
  forecast_share: "share of open hours with a prediction",
  net_return_bp: "net return of a trade, by break-even",
  hit_rate: "share of trades that won after costs",
  turnover_per_day: "round trips a market day, by break-even",
  max_drawdown_bp: "largest drawdown, by break-even",
  pnl_net_bp: "profit and loss after the spread, by the rule",
  pnl_gross_bp: "profit and loss between mids, by the rule",
  rule_net_bp: "net return of a trade, by the rule",
  rule_gross_bp: "return of a trade between mids, by the rule",
  sharpe_net: "Sharpe ratio a year, by the rule",
  rule_drawdown_bp: "largest drawdown, by the rule",
  rule_turnover_per_day: "round trips a market day, by the rule",
  signals_per_hour: "signals an hour, by the rule",
  signal_quality: "share of signals whose direction came",
  close_to_served_s: "time from the end of a bar until its prediction is served",
  run_to_served_s: "time from a run's start until its prediction is served",
  reachable: "whether the component answers",
  can_train: "whether models can be trained",
  reads_news_as_configured: "whether news is read by the configured reader",
  failed_tasks: "tasks that failed",
  failed_runs: "runs that failed",
  missed_runs: "runs of a schedule that were missed",
  oldest_undelivered_callback_min: "age of the oldest notification that waits to be delivered",
  dead_letters: "messages that could not be obeyed",
  ledger_lag_min: "how long tasks have waited that could run",
  bronze_reject_share: "share of collected lines that were refused",
};

const SPAN = /_(\d+)(h|d)$/;
const SPAN_WORDS = { h: "hours", d: "days" } as const;

/** A metric in words; by its name where it is one that an installation has added. */
export function metricWords(metric: string): string {
  const known = WORDS[metric];
  if (known !== undefined) return known;
  const span = SPAN.exec(metric);
  const base = span === null ? undefined : WORDS[metric.slice(0, span.index)];
  if (span !== null && base !== undefined) return `${base}, ${span[1]} ${SPAN_WORDS[span[2] as "h" | "d"]}`;
  const view = /^(\w+)_age_h$/.exec(metric)?.[1];
  return view === undefined ? metric.replaceAll("_", " ") : `age of the newest row of ${view}`;
}
