import type { Threshold } from "@grafana/grafana-foundation-sdk/dashboard";
import { readingBound, readingMetric } from "../../shared/exposition/readingMetric.ts";
import type { Check } from "../../shared/monitoring/reading.ts";
import { ruleOf } from "../../shared/monitoring/thresholds.ts";
import { limitsOf } from "./limits.ts";
import type { PanelFacts, Query } from "./panels.ts";

/** What a panel needs of a reading of the monitoring DAG: its series, and what its rule says of it. */
export interface ReadingSeries {
  readonly name: string;
  /** Of the instruments that are chosen. */
  readonly expr: string;
  /** The ends of its interval, of the instruments that are chosen. */
  readonly low: string;
  readonly high: string;
  readonly limits: readonly Threshold[];
  readonly reason: string;
}

export const OF_CHOSEN = '{instrument=~"$instrument"}';

/** Throws for a metric without a rule: a panel of a figure that nobody measures. */
export function reading(check: Check, metric: string): ReadingSeries {
  const rule = ruleOf(check, metric);
  const { name, factor } = readingMetric(check, metric, rule.unit);
  const bound = readingBound(check, metric, rule.unit).name;
  const end = (which: string) => `${bound}{instrument=~"$instrument", bound="${which}"}`;
  return { name, expr: `${name}${OF_CHOSEN}`, low: end("low"), high: end("high"), limits: limitsOf(rule, factor), reason: rule.reason };
}

/** One series an instrument, as a table's row wants it. */
export function ofEach(expr: string): string {
  return `max by (instrument) (${expr})`;
}

/** The queries of a line an instrument. */
export function byInstrument({ expr }: ReadingSeries): readonly Query[] {
  return [{ expr, legend: "{{instrument}}" }];
}

/** The queries of a table of values with the ends of their intervals: a row an instrument. */
export function withInterval({ expr, low, high }: ReadingSeries, name: string): readonly Query[] {
  return [
    { expr: ofEach(expr), legend: name },
    { expr: ofEach(low), legend: "low" },
    { expr: ofEach(high), legend: "high" },
  ];
}

/** A panel's facts of an age by instrument. `words`: of what and by which clock. */
export function ageOf(check: Check, metric: string, title: string, words: string): PanelFacts {
  const series = reading(check, metric);
  return { title, description: `${words} ${series.reason}`, unit: "s", queries: byInstrument(series), limits: series.limits, min: 0 };
}
