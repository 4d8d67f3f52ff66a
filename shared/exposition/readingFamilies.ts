import { SECOND } from "../domain/instant.ts";
import type { Alert } from "../monitoring/alert.ts";
import { instrumentOf } from "../monitoring/instrumentOf.ts";
import { CHECKS, READING_STATUSES, type Reading } from "../monitoring/reading.ts";
import { calibrationFamilies } from "./calibrationFamilies.ts";
import { farthestFeatures } from "./farthestFeatures.ts";
import { gaugeOf, type MetricFamily, type MetricLabels, type MetricSample } from "./metricFamily.ts";
import { readingBound, readingMetric } from "./readingMetric.ts";

/** A reading with the unit that its rule gives it; null: it is measured no more. */
export interface ExposedReading
  extends Pick<Reading, "check" | "subject" | "metric" | "measured_at" | "value" | "low" | "high" | "status" | "details"> {
  readonly unit: string | null;
  /** What its rule says of the limits: part of the help text. */
  readonly about: string;
}

/** Series of readings in one answer. Beyond it what comes last is left out, and counted: no scrape is to bring a Prometheus down. */
export const MAX_READING_SERIES = 1_500;

/**
 * The newest readings of the monitoring DAG: each that has a value is a gauge of its own name, with the ends of its interval
 * where it has one. What could not be measured is absent, and counted as unknown; so is a value without an interval that has too few observations to be
 * judged, since nothing would say how little it means.
 * `instruments`: by subject, where a subject is an instrument's or its model's.
 */
export function readingFamilies(
  readings: readonly ExposedReading[],
  firing: readonly Pick<Alert, "check" | "subject" | "metric" | "severity">[],
  instruments: ReadonlyMap<string, string>,
): MetricFamily[] {
  const valued = farthestFeatures(readings.filter(isTold));
  const shown = withinLimit(valued);
  return [
    ...familiesOf(shown.flatMap((reading) => valueSample(reading, instruments))),
    ...familiesOf(shown.filter(hasInterval).flatMap((reading) => boundSamples(reading, instruments))),
    ...calibrationFamilies(readings, (subject) => instrumentOf(subject, instruments)),
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

function isTold(reading: ExposedReading): boolean {
  return reading.value !== null && reading.unit !== null && (reading.status !== "unknown" || hasInterval(reading));
}

function hasInterval({ low, high }: ExposedReading): boolean {
  return low !== null && high !== null;
}

/** A reading with an interval is three series: its value and both ends. */
function withinLimit(readings: readonly ExposedReading[]): readonly ExposedReading[] {
  let series = 0;
  const beyond = readings.findIndex((reading) => {
    series += hasInterval(reading) ? 3 : 1;
    return series > MAX_READING_SERIES;
  });
  return beyond < 0 ? readings : readings.slice(0, beyond);
}

type NamedSample = Pick<MetricFamily, "name" | "help"> & MetricSample;

function valueSample(reading: ExposedReading, instruments: ReadonlyMap<string, string>): NamedSample {
  const { check, subject, metric, value, unit, about } = reading;
  const { name, factor } = readingMetric(check, metric, unit!);
  const help = `Check ${check}, ${metric} (${unit}). ${about}`;
  return { name, help, labels: { subject, ...instrumentOf(subject, instruments) }, value: value! * factor };
}

function boundSamples(reading: ExposedReading, instruments: ReadonlyMap<string, string>): NamedSample[] {
  const { check, subject, metric, low, high, unit } = reading;
  const { name, factor } = readingBound(check, metric, unit!);
  const help = `Check ${check}, ${metric} (${unit}): ends of its 95 % interval.`;
  const of = (bound: string, value: number) => ({
    name,
    help,
    labels: { subject, ...instrumentOf(subject, instruments), bound },
    value: value * factor,
  });
  return [of("low", low!), of("high", high!)];
}

/** Gauges by their names, in the order in which these come first. */
function familiesOf(samples: readonly NamedSample[]): MetricFamily[] {
  const families = new Map<string, MetricFamily & { readonly samples: MetricSample[] }>();
  for (const { name, help, labels, value } of samples) {
    const family = families.get(name) ?? { name, help, type: "gauge" as const, samples: [] };
    families.set(name, family);
    family.samples.push({ labels, value });
  }
  return [...families.values()];
}

function statusCounts(readings: readonly ExposedReading[]): (readonly [MetricLabels, number])[] {
  return CHECKS.flatMap((check) => {
    const own = readings.filter((reading) => reading.check === check);
    if (own.length === 0) return [];
    return READING_STATUSES.map((status) => [{ check, status }, own.filter((reading) => reading.status === status).length] as const);
  });
}
