import { readFileSync } from "node:fs";
import { type Threshold, ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";
import { parse } from "yaml";
import type { MetricRule } from "../../shared/monitoring/metricRule.ts";

const [GOOD, WARNING, BAD, PLAIN] = ["green", "orange", "red", "blue"];

const JUST_ABOVE = 1e-6;

/** Colours of a value that nobody judges. */
export const NO_LIMITS: readonly Threshold[] = [{ value: null, color: PLAIN! }];

/** Good up to `warning`, bad beyond `breach`; either may be missing. */
export function aboveIsBad(warning: number | null, breach: number | null): readonly Threshold[] {
  return [{ value: null, color: GOOD! }, ...beyond(warning, WARNING!), ...beyond(breach, BAD!)];
}

/** Good only at 1, as what is up or not. */
export const ONE_IS_GOOD: readonly Threshold[] = [
  { value: null, color: BAD! },
  { value: 1, color: GOOD! },
];

/**
 * A rule's limits as steps of colour, times `factor`, which makes the rule's unit the metric's. They are the limits alone: the monitoring DAG
 * wants a value that has an interval to lie beyond them by three standard errors.
 */
export function limitsOf({ bad, warning, breach }: MetricRule, factor: number): readonly Threshold[] {
  const [soft, hard] = [warning, breach].map((limit) => (limit === null ? null : rounded(limit * factor))) as [
    number | null,
    number | null,
  ];
  if (bad === "none") return NO_LIMITS;
  if (bad === "above") return aboveIsBad(soft, hard);
  if (bad === "below") return belowIsBad(soft, hard);
  const mirrored = (limit: number | null) => (limit === null ? null : -limit);
  const below = belowIsBad(mirrored(soft), mirrored(hard));
  return [...below, ...aboveIsBad(soft, hard).slice(1)];
}

/** Hours as seconds, without the last bits of the multiplication. */
function rounded(limit: number): number {
  return Number(limit.toPrecision(12));
}

function belowIsBad(warning: number | null, breach: number | null): readonly Threshold[] {
  const [worst, ...rest] = [...(breach === null ? [] : [BAD!]), ...(warning === null ? [] : [WARNING!]), GOOD!];
  const bounds = [breach, warning].filter((limit) => limit !== null);
  return [{ value: null, color: worst! }, ...rest.map((color, index) => ({ value: bounds[index]!, color }))];
}

/** Grafana's step begins at its value, and what is at a limit is not beyond it: of whole numbers, which are hit exactly, the step is just above. */
function beyond(limit: number | null, color: string): readonly Threshold[] {
  if (limit === null) return [];
  return [{ value: Number.isInteger(limit) ? limit + JUST_ABOVE : limit, color }];
}

export function thresholds(steps: readonly Threshold[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...steps]);
}

/** The number behind the comparison that ends an alert's expression in dashboards/prometheus/alerts.yml: it stands there and nowhere else. */
export function limitOfAlert(alert: string): number {
  const text = readFileSync(new URL("../prometheus/alerts.yml", import.meta.url), "utf8");
  const { groups } = parse(text) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const rule = groups.flatMap(({ rules }) => rules).find((one) => one.alert === alert);
  const limit = /[<>] ([\d.]+)$/.exec(rule?.expr ?? "")?.[1];
  if (limit === undefined) throw new Error(`dashboards/prometheus/alerts.yml has no alert ${alert} that ends with a limit.`);
  return Number(limit);
}
