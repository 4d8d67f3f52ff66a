import { HOUR } from "../../domain/instant.ts";
import type { ViewSchema } from "../../features/viewSchema.ts";
import type { MetricRule } from "../metricRule.ts";

/** Limits of the age of each view's newest row, where nothing better is known than how long its rows are served. */
export function viewAgeRules(views: readonly Pick<ViewSchema, "name" | "ttl_ms" | "market_hours">[]): Readonly<Record<string, MetricRule>> {
  const entries = views.map(({ name, ttl_ms, market_hours }): readonly [string, MetricRule] => [
    `${name}_age_h`,
    {
      unit: market_hours ? "market hours" : "hours",
      bad: "above",
      warning: ttl_ms / 2 / HOUR,
      breach: ttl_ms / HOUR,
      min_n: 0,
      reason: `A row of ${name} is served for ${ttl_ms / HOUR} h: half of that at the warning.`,
    },
  ]);
  return Object.fromEntries(entries);
}
