import { HOUR, type Instant } from "../../../shared/domain/instant.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { klWithoutDrift } from "../../../shared/monitoring/populationStability.ts";
import { DRIFT_WINDOW_MS, type FeatureDrift, featureDrifts } from "../../../shared/monitoring/referenceProfile.ts";
import { productionVersion, readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { readReference } from "./readReference.ts";
import { recentColumns } from "./recentColumns.ts";
import { checkEachInstrument, unknownReadings } from "./recordReadings.ts";

/** Each feature of the models in Production against their training sets. Once an hour: as often as there is a new row. */
export const checkFeatures = checkEachInstrument("features", measureFeatures);

async function measureFeatures(ports: Ports, instrument: string, measured_at: Instant): Promise<readonly Observation[]> {
  if (!(await isDue(ports, measured_at))) return [];
  const version = await productionVersion(ports, instrument, measured_at);
  if (!version) return unknownReadings("features", instrument, measured_at, "no version is in Production");
  const card = await readModelCard(ports, version);
  if (card.origin === "elsewhere")
    return unknownReadings("features", instrument, measured_at, `version ${version.version} was trained elsewhere: on what is not known`);
  const window = { start: measured_at - DRIFT_WINDOW_MS, end: measured_at };
  const [profile, recent] = [await readReference(ports, card.dataset), await recentColumns(ports, card, window)];
  return featureDrifts(profile, recent.columns, window.start).flatMap((drift) => {
    const of = { check: "features", subject: `${instrument}/${drift.feature}`, measured_at, n: recent.rows } as const;
    return [
      { ...of, metric: "psi", value: drift.psi, details: detailsOf(drift, recent.rows) },
      ...(drift.missing > 0 || drift.missing_in_training > 0
        ? [{ ...of, metric: "missing_share", value: drift.missing, details: { in_training: rounded(drift.missing_in_training) } }]
        : []),
    ];
  });
}

/** In the first run of an hour of the clock, whenever the last was. True again in the run that has measured it: a step that is repeated writes the same. */
async function isDue(ports: Ports, at: Instant): Promise<boolean> {
  const newest = await ports.monitor.newestMeasuredAt("features");
  return newest === null || newest >= at || Math.floor(newest / HOUR) < Math.floor(at / HOUR);
}

function detailsOf({ psi_without_drift, kl, bins, training_rows }: FeatureDrift, rows: number) {
  return {
    psi_without_drift: rounded(psi_without_drift),
    kl: rounded(kl),
    kl_without_drift: rounded(klWithoutDrift(bins, rows, training_rows)),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
