import { modelViews, type ViewConfig } from "../features/views.ts";
import type { MetricRule } from "./metricRule.ts";
import type { Check } from "./reading.ts";
import { viewAgeRules } from "./rules/viewAgeRules.ts";
import { METRIC_RULES } from "./thresholds.ts";

type Rules = Readonly<Record<string, MetricRule>>;

/** The rules of all that an installation measures, by check and metric: those of everybody, and of the ages of views that it has added. */
export function rulesOfInstallation(config: ViewConfig): Readonly<Record<Check, Rules>> {
  return { ...METRIC_RULES, freshness: { ...viewAgeRules(modelViews(config)), ...METRIC_RULES.freshness } };
}

/** The rule of one of its metrics. Undefined: it measures no such thing. */
export function installedRules(config: ViewConfig): (check: Check, metric: string) => MetricRule | undefined {
  const rules = rulesOfInstallation(config);
  // A name that somebody sends may be one that every object knows.
  return (check, metric) => (Object.hasOwn(rules[check], metric) ? rules[check][metric] : undefined);
}
