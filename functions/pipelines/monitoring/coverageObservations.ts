import { returnBounds } from "../../../shared/calibration/returnInterval.ts";
import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import { dependenceLag } from "../../../shared/metrics/dependenceLag.ts";
import type { Interval } from "../../../shared/metrics/interval.ts";
import { mean, meanInterval } from "../../../shared/metrics/meanInterval.ts";
import type { Forecast } from "../../../shared/monitoring/forecast.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { LIVE_SPANS } from "../../../shared/monitoring/rules/windowRules.ts";
import type { Ports } from "../ports.ts";
import type { ServedVersion } from "./servedVersions.ts";

interface Covered {
  readonly is_in: boolean;
  readonly level: number;
}

/** How often a return lay within the interval that was predicted: made again from the card and the logged vector, as it was answered. */
export async function coverageObservations(
  ports: Ports,
  instrument: string,
  measured_at: Instant,
  served: readonly Forecast[],
  versions: ReadonlyMap<string, ServedVersion>,
): Promise<Observation[]> {
  const judged = served.filter(
    ({ model_version, moved_bp }) => versions.get(model_version)?.card.return_interval && !Number.isNaN(moved_bp),
  );
  const window = { start: measured_at - (LIVE_SPANS["30d"] + 7) * DAY, end: measured_at };
  const vectors = judged.length === 0 ? [] : await ports.monitor.servedVectors(instrument, window);
  const inputs = new Map(vectors.map(({ event_time, features }) => [event_time, features]));
  const covered = judged.flatMap(
    (forecast) => coveredOf(forecast, versions.get(forecast.model_version)!, inputs.get(forecast.event_time)) ?? [],
  );
  const is_in = covered.map((one) => (one.is_in ? 1 : 0));
  const interval = meanInterval(is_in, { lag: dependenceLag(is_in.length, 1) });
  const level = covered.length === 0 ? 0 : mean(covered.map((one) => one.level));
  const of = (metric: string, found: Interval | null): Observation => ({
    ...{
      check: "performance",
      subject: instrument,
      metric,
      measured_at,
      value: found?.estimate ?? null,
      interval: found,
      n: covered.length,
    },
    details: { level },
    ...(covered.length === 0 ? { reason: "no prediction with an interval is decided" } : {}),
  });
  return [of("interval_coverage_30d", interval), of("coverage_gap_30d", interval && minus(interval, level))];
}

function minus({ estimate, low, high }: Interval, level: number): Interval {
  return { estimate: estimate - level, low: low - level, high: high - level };
}

function coveredOf(
  { probability, event_time, moved_bp }: Forecast,
  { card }: ServedVersion,
  features: Float64Array | undefined,
): Covered | null {
  const rule = card.return_interval;
  const volatility = rule && features?.[card.feature_names.indexOf(rule.volatility)];
  if (!rule || volatility === undefined || !(volatility! > 0)) return null;
  const { low, high } = returnBounds(rule, { p: probability, volatility: volatility!, event_time });
  return { is_in: moved_bp >= low && moved_bp <= high, level: rule.level };
}
