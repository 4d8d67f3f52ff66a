import type { Instant } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { SERVED_HORIZON } from "../../../shared/labels/horizon.ts";
import { accuracy } from "../../../shared/metrics/accuracy.ts";
import { brier } from "../../../shared/metrics/brier.ts";
import type { Interval } from "../../../shared/metrics/interval.ts";
import { logLoss } from "../../../shared/metrics/logLoss.ts";
import { logLossDifference } from "../../../shared/metrics/logLossDifference.ts";
import { meanInterval } from "../../../shared/metrics/meanInterval.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import type { Forecast } from "../../../shared/monitoring/forecast.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { readReference } from "./readReference.ts";
import { checkEachInstrument } from "./recordReadings.ts";
import { servedForecasts } from "./servedForecasts.ts";

/** Whether what was served for each instrument over four weeks came true, now that it is decided. */
export const checkPerformance = checkEachInstrument("performance", measurePerformance);

type Labelled = Forecast & { readonly y: 0 | 1 };

async function measurePerformance(ports: Ports, instrument: string, measured_at: Instant): Promise<readonly Observation[]> {
  const served = await servedForecasts(ports, instrument, measured_at);
  const rows = served.filter((forecast): forecast is Labelled => forecast.y !== null);
  const base_rates = await baseRates(ports, instrument, rows);
  const input = { y: rows.map(({ y }) => y), p: rows.map(({ probability }) => probability), lag: SERVED_HORIZON - 1 };
  const baseline = rows.map(({ model_version }) => base_rates.get(model_version)!);
  const details = { ties: served.length - rows.length, base_rates: Object.fromEntries(base_rates), versions: [...base_rates.keys()] };
  const of = (metric: string, interval: Interval | null): Observation => ({
    check: "performance",
    subject: instrument,
    metric,
    measured_at,
    value: interval?.estimate ?? null,
    interval,
    n: rows.length,
    details,
    ...(rows.length === 0 ? { reason: "nothing that was served in four weeks is decided" } : {}),
  });
  return [
    of("log_loss_minus_base", logLossDifference({ ...input, baseline })),
    of("log_loss", logLoss(input)),
    of("brier", brier(input)),
    of("accuracy", accuracy(input)),
    of(
      "calibration_in_the_large",
      meanInterval(
        rows.map(({ probability, y }) => probability - y),
        input,
      ),
    ),
  ];
}

/** Share of rises in the training set of each version that served: what a constant made of the same knowledge would have said. */
async function baseRates(ports: Ports, instrument: string, rows: readonly Labelled[]): Promise<ReadonlyMap<string, number>> {
  const name = modelNameOf(instrument);
  const rates = new Map<string, number>();
  for (const number of new Set(rows.map(({ model_version }) => model_version))) {
    const version = await ports.tracking.version(name, number);
    if (!version) throw new AppError("invalid_model", `Predictions of ${name}/${number} are logged, and the registry has no such version.`);
    const { dataset, origin } = await readModelCard(ports, version);
    // Of one that was trained elsewhere it is not known on what: a constant without any knowledge says 1/2.
    rates.set(number, origin === "elsewhere" ? 0.5 : (await readReference(ports, dataset)).base_rate);
  }
  return rates;
}
