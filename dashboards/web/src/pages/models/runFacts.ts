import type { RunView } from "../../../../../shared/contracts/mlflow/runs.ts";
import type { Interval } from "../../../../../shared/metrics/interval.ts";

export type Run = RunView;

/** Which rows figures are of. Names of a run's metrics have it before them. */
export const HOURS = ["outside_rollover", "all", "rollover"] as const;
export type Hours = (typeof HOURS)[number];
export const HOURS_TEXT: Readonly<Record<Hours, string>> = {
  outside_rollover: "outside the rollover",
  all: "all hours",
  rollover: "the rollover alone",
};

export const BASELINES = ["majority", "momentum", "logistic"] as const;

/** What a run logged as figures, by name; what is not a number is left out. */
export function metricsOf(run: Run): ReadonlyMap<string, number> {
  return new Map(run.data.metrics.flatMap(({ key, value }) => (typeof value === "number" ? [[key, value] as const] : [])));
}

export function pairsOf(pairs: readonly { readonly key: string; readonly value: string }[]): ReadonlyMap<string, string> {
  return new Map(pairs.map(({ key, value }) => [key, value]));
}

/** The name of a metric as runs have it: accuracy outside the rollover is outside_rollover_accuracy. */
export function metricName(hours: Hours, name: string): string {
  return hours === "all" ? name : `${hours}_${name}`;
}

/** A metric with its interval, which is logged beside it as NAME_low and NAME_high; null where one of the three is missing. */
export function estimateOf(metrics: ReadonlyMap<string, number>, name: string): Interval | null {
  const [estimate, low, high] = [metrics.get(name), metrics.get(`${name}_low`), metrics.get(`${name}_high`)];
  return estimate === undefined || low === undefined || high === undefined ? null : { estimate, low, high };
}

/** The most accurate of the baselines on the same rows; null where none was logged. */
export function bestBaseline(
  metrics: ReadonlyMap<string, number>,
  hours: Hours,
): { readonly name: string; readonly accuracy: number } | null {
  const known = BASELINES.flatMap((name) => {
    const accuracy = metrics.get(metricName(hours, `${name}_accuracy`));
    return accuracy === undefined ? [] : [{ name, accuracy }];
  });
  return known.toSorted((a, b) => b.accuracy - a.accuracy)[0] ?? null;
}
