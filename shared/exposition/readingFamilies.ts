import { SECOND } from "../domain/instant.ts";
import type { Alert } from "../monitoring/alert.ts";
import { CHECKS, READING_STATUSES, type Reading } from "../monitoring/reading.ts";
import { gaugeOf, type MetricFamily, type MetricLabels, type MetricSample } from "./metricFamily.ts";
import { readingMetric } from "./readingMetric.ts";

/** A reading with the unit that its rule gives it; null: it is measured no more. */
export interface ExposedReading extends Pick<Reading, "check" | "subject" | "metric" | "measured_at" | "value" | "status"> {
  readonly unit: string | null;
  /** What its rule says of the limits: part of the help text. */
  readonly about: string;
}

/** Series of readings in one answer. Beyond it what comes last is left out, and counted: no scrape is to bring a Prometheus down. */
export const MAX_READING_SERIES = 1_200;

/**
 * The newest readings of the monitoring DAG: each that has a value is a gauge of its own name. What could not be measured is absent, and counted as unknown.
 * `instruments`: by subject, where a subject is an instrument's or its model's.
 */
export function readingFamilies(
  readings: readonly ExposedReading[],
  firing: readonly Pick<Alert, "check" | "subject" | "metric" | "severity">[],
  instruments: ReadonlyMap<string, string>,
): MetricFamily[] {
  const valued = readings.filter(({ value, unit }) => value !== null && unit !== null);
  const shown = valued.slice(0, MAX_READING_SERIES);
  return [
    ...valueFamilies(shown, instruments),
    gaugeOf("fx_readings", "Newest readings of the monitoring DAG, by check and what became of them.", statusCounts(readings)),
    gaugeOf(
      "fx_readings_left_out",
      "Readings with a value that are not among the metrics, since there are too many.",
      valued.length > shown.length ? [[{}, valued.length - shown.length]] : [],
    ),
    gaugeOf(
      "fx_check_measured_timestamp_seconds",
      "End of the data interval of the newest run of a check.",
      CHECKS.flatMap((check) => {
        const newest = readings.find((reading) => reading.check === check);
        return newest ? [[{ check }, newest.measured_at / SECOND] as const] : [];
      }),
    ),
    gaugeOf(
      "fx_alert_firing",
      "1: the monitoring DAG has found it bad in two runs in a row, and not well since.",
      firing.map(({ check, subject, metric, severity }) => [
        { check, subject, metric, severity, ...instrumentOf(subject, instruments) },
        1,
      ]),
    ),
  ];
}

function valueFamilies(readings: readonly ExposedReading[], instruments: ReadonlyMap<string, string>): MetricFamily[] {
  const families = new Map<string, MetricFamily & { readonly samples: MetricSample[] }>();
  for (const { check, subject, metric, value, unit, about } of readings) {
    const { name, factor } = readingMetric(check, metric, unit!);
    const family = families.get(name) ?? {
      name,
      help: `Check ${check}, ${metric} (${unit}). ${about}`,
      type: "gauge" as const,
      samples: [],
    };
    families.set(name, family);
    family.samples.push({ labels: { subject, ...instrumentOf(subject, instruments) }, value: value! * factor });
  }
  return [...families.values()];
}

function instrumentOf(subject: string, instruments: ReadonlyMap<string, string>): MetricLabels {
  const instrument = instruments.get(subject) ?? instruments.get(subject.slice(0, "EUR_USD".length));
  return instrument === undefined ? {} : { instrument };
}

function statusCounts(readings: readonly ExposedReading[]): (readonly [MetricLabels, number])[] {
  return CHECKS.flatMap((check) => {
    const own = readings.filter((reading) => reading.check === check);
    if (own.length === 0) return [];
    return READING_STATUSES.map((status) => [{ check, status }, own.filter((reading) => reading.status === status).length] as const);
  });
}
