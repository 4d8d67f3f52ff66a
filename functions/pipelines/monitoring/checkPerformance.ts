import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import { SERVED_HORIZON } from "../../../shared/labels/horizon.ts";
import { accuracy } from "../../../shared/metrics/accuracy.ts";
import { brier } from "../../../shared/metrics/brier.ts";
import type { Interval } from "../../../shared/metrics/interval.ts";
import { logLoss } from "../../../shared/metrics/logLoss.ts";
import { logLossDifference } from "../../../shared/metrics/logLossDifference.ts";
import { meanInterval } from "../../../shared/metrics/meanInterval.ts";
import { accuracyDrop } from "../../../shared/monitoring/accuracyDrop.ts";
import type { Forecast } from "../../../shared/monitoring/forecast.ts";
import { type LabelledForecast, liveScores } from "../../../shared/monitoring/liveScores.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { LIVE_SPANS } from "../../../shared/monitoring/rules/windowRules.ts";
import type { Ports } from "../ports.ts";
import { coverageObservations } from "./coverageObservations.ts";
import { forecastShare } from "./forecastShare.ts";
import { checkEachInstrument } from "./recordReadings.ts";
import { FORECAST_WINDOW_MS, servedForecasts } from "./servedForecasts.ts";
import { type ServedVersion, servedVersions } from "./servedVersions.ts";

/** Whether what was predicted for each instrument came true, now that it is decided: over four weeks, a week and thirty days. */
export const checkPerformance = checkEachInstrument("performance", measurePerformance);

type Versions = ReadonlyMap<string, ServedVersion>;
/** Of a metric of this check and instrument. */
type Observe = (metric: string, found: Pick<Observation, "value" | "interval" | "n" | "details" | "reason">) => Observation;

const NOTHING = "nothing that was predicted in that time is decided";

async function measurePerformance(ports: Ports, instrument: string, measured_at: Instant): Promise<readonly Observation[]> {
  const served = await servedForecasts(ports, instrument, measured_at, LIVE_SPANS["30d"] * DAY);
  const rows = served.filter((forecast): forecast is LabelledForecast => forecast.y !== null);
  const versions = await servedVersions(ports, instrument, rows);
  const of: Observe = (metric, found) => ({ check: "performance", subject: instrument, metric, measured_at, ...found });
  return [
    ...ofFourWeeks(served, versions, measured_at, of),
    ...ofSpans(rows, versions, measured_at, of),
    ...(await coverageObservations(ports, instrument, measured_at, served, versions)),
    forecastShare(instrument, measured_at, served),
  ];
}

function ofFourWeeks(served: readonly Forecast[], versions: Versions, measured_at: Instant, of: Observe): Observation[] {
  const recent = served.filter(({ decided_at }) => decided_at > measured_at - FORECAST_WINDOW_MS);
  const rows = recent.filter((forecast): forecast is LabelledForecast => forecast.y !== null);
  const base_rates = new Map(rows.map(({ model_version }) => [model_version, versions.get(model_version)!.base_rate]));
  const input = { y: rows.map(({ y }) => y), p: rows.map(({ probability }) => probability), lag: SERVED_HORIZON - 1 };
  const baseline = rows.map(({ model_version }) => base_rates.get(model_version)!);
  const details = { ties: recent.length - rows.length, base_rates: Object.fromEntries(base_rates), versions: [...base_rates.keys()] };
  const gaps = rows.map(({ probability, y }) => probability - y);
  const found: readonly (readonly [string, Interval | null])[] = [
    ["log_loss_minus_base", logLossDifference({ ...input, baseline })],
    ["log_loss", logLoss(input)],
    ["brier", brier(input)],
    ["accuracy", accuracy(input)],
    ["calibration_in_the_large", meanInterval(gaps, input)],
  ];
  return found.map(([metric, interval]) => of(metric, { ...measured(interval, rows.length), details }));
}

function ofSpans(rows: readonly LabelledForecast[], versions: Versions, measured_at: Instant, of: Observe): Observation[] {
  return Object.entries(LIVE_SPANS).flatMap(([span, days]) => {
    const since = measured_at - days * DAY;
    const { n, curve, best, ...scores } = liveScores(rows, since);
    const claimed = accuracyDrop(rows, since, ({ model_version }) => versions.get(model_version)!.accuracy);
    const details: Readonly<Record<string, object>> = {
      ece: { curve },
      baseline_accuracy: { baseline: best?.accuracy ?? null },
      log_loss_minus_baseline: { baseline: best?.log_loss ?? null },
    };
    const found = Object.entries(scores).map(([name, interval]) =>
      of(`${name}_${span}`, { ...measured(interval, n), details: { days, ...details[name] } }),
    );
    const reason = claimed.n === 0 && n > 0 ? { reason: "no card of a version that served claims an accuracy" } : {};
    return [...found, of(`accuracy_drop_${span}`, { ...measured(claimed.drop, claimed.n), ...reason })];
  });
}

function measured(interval: Interval | null, n: number): Pick<Observation, "value" | "interval" | "n" | "reason"> {
  const value = interval?.estimate ?? null;
  if (n === 0) return { value, interval, n, reason: NOTHING };
  return { value, interval, n, ...(interval === null ? { reason: "not defined on so few outcomes, or on those of one direction" } : {}) };
}
