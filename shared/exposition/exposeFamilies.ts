import type { MetricFamily, MetricLabels, MetricSample } from "./metricFamily.ts";

export const EXPOSITION_TYPES = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
} as const;
export type ExpositionFormat = keyof typeof EXPOSITION_TYPES;

/**
 * Metrics in Prometheus' text format 0.0.4 or in OpenMetrics 1.0. They differ in what they call a counter (OpenMetrics leaves the "_total" to
 * its samples) and in the end, which OpenMetrics marks. A family without samples is left out: what is not there is absent, and not 0.
 */
export function exposeFamilies(families: readonly MetricFamily[], format: ExpositionFormat): string {
  const lines = families.filter(({ samples }) => samples.length > 0).flatMap((family) => linesOf(family, format));
  if (format === "openmetrics") lines.push("# EOF");
  return lines.map((line) => `${line}\n`).join("");
}

function linesOf({ name, help, type, samples }: MetricFamily, format: ExpositionFormat): string[] {
  const known_as = type === "counter" && format === "text" ? `${name}_total` : name;
  return [`# HELP ${known_as} ${escapeHelp(help, format)}`, `# TYPE ${known_as} ${type}`, ...samples.map((sample) => lineOf(name, sample))];
}

function lineOf(name: string, { suffix = "", labels, value }: MetricSample): string {
  return `${name}${suffix}${labelsText(labels)} ${numberText(value)}`;
}

/** As they stand behind a name, in braces; nothing where there are none. */
export function labelsText(labels: MetricLabels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? "+Inf" : "-Inf";
}

function escapeLabel(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** OpenMetrics wants quotation marks escaped as well; 0.0.4 takes the backslash for one. */
function escapeHelp(text: string, format: ExpositionFormat): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return format === "openmetrics" ? escaped.replaceAll('"', '\\"') : escaped;
}
