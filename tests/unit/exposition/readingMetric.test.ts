import { describe, expect, it } from "vitest";
import { readingBound, readingMetric } from "../../../shared/exposition/readingMetric.ts";
import { METRIC_RULES } from "../../../shared/monitoring/thresholds.ts";

describe("readingMetric", () => {
  it.each([
    ["freshness", "bar_age_h", "market hours", "fx_freshness_bar_age_seconds", 3_600],
    ["freshness", "model_age_d", "days", "fx_freshness_model_age_seconds", 86_400],
    ["infrastructure", "ledger_lag_min", "minutes", "fx_infrastructure_ledger_lag_seconds", 60],
    ["infrastructure", "close_to_served_s", "s", "fx_infrastructure_close_to_served_seconds", 1],
    ["business", "net_return_bp", "bp a trade", "fx_business_net_return_basis_points", 1],
    ["drift", "missing_rise", "share", "fx_drift_missing_rise_ratio", 1],
    ["drift", "psi_median", "PSI", "fx_drift_psi_median", 1],
    ["performance", "log_loss", "nats", "fx_performance_log_loss_nats", 1],
    ["infrastructure", "failed_tasks_24h", "tasks", "fx_infrastructure_failed_tasks_24h", 1],
  ] as const)("%s/%s in %s is %s, times %d", (check, metric, unit, name, factor) => {
    expect(readingMetric(check, metric, unit)).toEqual({ name, factor });
  });

  it("puts the bound of an interval before the unit", () => {
    expect(readingBound("performance", "accuracy", "share")).toEqual({ name: "fx_performance_accuracy_bound_ratio", factor: 1 });
    expect(readingBound("business", "net_return_bp", "bp a trade").name).toBe("fx_business_net_return_bound_basis_points");
    expect(readingBound("performance", "brier", "squared probability").name).toBe("fx_performance_brier_bound");
  });

  it("gives every reading a name of its own that Prometheus takes", () => {
    const rules = Object.entries(METRIC_RULES).flatMap(([check, metrics]) =>
      Object.entries(metrics).flatMap(([metric, { unit }]) => [
        readingMetric(check, metric, unit).name,
        readingBound(check, metric, unit).name,
      ]),
    );
    expect(new Set(rules).size).toBe(rules.length);
    for (const name of rules) expect(name).toMatch(/^fx_[a-z][a-z0-9_]*$/);
  });
});
