/** Names of the alerts in dashboards/prometheus/alerts.yml and dashboards/runbooks, by the reading that they are of; a test holds them equal. */
const NAMES: readonly (readonly [name: string, check: string, metric: RegExp])[] = [
  ["BarsStale", "freshness", /^bar_age_h$/],
  ["FeaturesStale", "freshness", /_features_age_h$|^(silver|online)_age_h$/],
  ["NewsSourceSilent", "freshness", /^news_source_age_h$/],
  ["ModelOld", "freshness", /^model_age_d$/],
  ["FeatureDrift", "drift", /^(psi|kl|prediction)_/],
  ["MissingValues", "drift", /^missing_/],
  ["AccuracyDrop", "performance", /^(accuracy|f1|auc)/],
  ["ProbabilitiesUnsound", "performance", /^(log_loss|brier|calibration|ece|coverage)/],
  ["TradingLoses", "business", /^(net_|gross_|hit_rate|sharpe)/],
  ["DrawdownLarge", "business", /drawdown/],
  ["ServingLate", "infrastructure", /^(close|run)_to_served_s$/],
  ["TrainingUnavailable", "infrastructure", /^can_train$/],
  ["NewsReaderDegraded", "infrastructure", /^reads_news_as_configured$/],
  ["TasksFailing", "infrastructure", /^failed_(tasks|runs)_24h$/],
  ["RunsMissed", "infrastructure", /^missed_runs_24h$/],
  ["RejectsMany", "infrastructure", /^bronze_reject_share_24h$/],
  ["TasksWaiting", "infrastructure", /^ledger_lag_min$/],
  ["DeadLetters", "infrastructure", /^dead_letters$/],
  ["NotificationsStuck", "infrastructure", /^oldest_undelivered_callback_min$/],
];

/** Of a reading that has no alert of its own: ReadingBad. */
export function alertNameOf({
  check,
  subject,
  metric,
}: {
  readonly check: string;
  readonly subject: string;
  readonly metric: string;
}): string {
  if (metric === "reachable") return subject === "sidecar" ? "SidecarDown" : "ComponentUnreachable";
  return NAMES.find(([, of_check, of_metric]) => of_check === check && of_metric.test(metric))?.[0] ?? "ReadingBad";
}
