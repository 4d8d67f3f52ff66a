import { modelViews, type ViewConfig } from "../features/views.ts";
import type { MetricRule } from "./metricRule.ts";
import type { Check } from "./reading.ts";
import { viewAgeRules } from "./rules/viewAgeRules.ts";
import { METRIC_RULES } from "./thresholds.ts";

/** The rules of an installation's metrics: those of all, and of the ages of views that it has added. Undefined: it measures no such thing. */
export function installedRules(config: ViewConfig): (check: Check, metric: string) => MetricRule | undefined {
  const ages = viewAgeRules(modelViews(config));
  return (check, metric) => own(METRIC_RULES[check], metric) ?? (check === "freshness" ? own(ages, metric) : undefined);
}

/** A name that somebody sends may be one that every object knows. */
function own(rules: Readonly<Record<string, MetricRule>>, metric: string): MetricRule | undefined {
  return Object.hasOwn(rules, metric) ? rules[metric] : undefined;
}
