import { AppError } from "../errors.ts";
import type { MetricRule } from "./metricRule.ts";
import type { Check } from "./reading.ts";
import { BUSINESS_RULES } from "./rules/businessRules.ts";
import { DRIFT_RULES } from "./rules/driftRules.ts";
import { FRESHNESS_RULES } from "./rules/freshnessRules.ts";
import { INFRASTRUCTURE_RULES } from "./rules/infrastructureRules.ts";
import { PERFORMANCE_RULES } from "./rules/performanceRules.ts";
import { FEATURE_RULES, QUALITY_RULES } from "./rules/qualityRules.ts";

/** Every metric and its limits, with the source of each: a file a check (rules/). */
export const METRIC_RULES: Readonly<Record<Check, Readonly<Record<string, MetricRule>>>> = {
  freshness: FRESHNESS_RULES,
  quality: QUALITY_RULES,
  features: FEATURE_RULES,
  drift: DRIFT_RULES,
  performance: PERFORMANCE_RULES,
  business: BUSINESS_RULES,
  infrastructure: INFRASTRUCTURE_RULES,
};

/** `further`: of metrics that follow what an installation builds. */
export function ruleOf(check: Check, metric: string, further: Readonly<Record<string, MetricRule>> = {}): MetricRule {
  const rule = METRIC_RULES[check][metric] ?? further[metric];
  if (rule) return rule;
  throw new AppError("internal", `${check}.${metric} has no rule: add it to the rules of that check in shared/monitoring/rules`);
}
