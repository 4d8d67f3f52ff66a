import type { Instant } from "../../../shared/domain/instant.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { DRIFT_WINDOW_MS, earlierBlocks, type FeatureDrift, featureDrifts } from "../../../shared/monitoring/referenceProfile.ts";
import { productionVersion, readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { modelDrift } from "./modelDrift.ts";
import { readReference } from "./readReference.ts";
import { recentColumns } from "./recentColumns.ts";
import { checkEachInstrument, unknownReadings } from "./recordReadings.ts";

/** Features that a reading names. */
const NAMED = 8;
/**
 * Earlier blocks of four weeks that there must be before their largest PSI is a measure of what is usual. A feature that is as ever exceeds
 * the largest of k earlier blocks with chance 1/(k + 1). With three blocks and eighty features some always do: a warning for nothing.
 */
const MIN_EARLIER_BLOCKS = 8;

/** Whether what the Production model of each instrument has been given for four weeks is still what it was trained on. */
export const checkDrift = checkEachInstrument("drift", measureDrift);

async function measureDrift(ports: Ports, instrument: string, measured_at: Instant): Promise<readonly Observation[]> {
  const version = await productionVersion(ports, instrument, measured_at);
  if (!version) return unknownReadings("drift", instrument, measured_at, "no version is in Production");
  const card = await readModelCard(ports, version);
  if (card.origin === "elsewhere")
    return unknownReadings("drift", instrument, measured_at, `version ${version.version} was trained elsewhere: on what is not known`);
  const window = { start: measured_at - DRIFT_WINDOW_MS, end: measured_at };
  const [profile, recent] = [await readReference(ports, card.dataset), await recentColumns(ports, card, window)];
  const drifts = featureDrifts(profile, recent.columns, window.start);
  if (drifts.length === 0) return unknownReadings("drift", instrument, measured_at, "no feature row of the last four weeks is known");
  const models = (await modelDrift(ports, instrument, measured_at, version)).map(([metric, found]): Observation => {
    return { check: "drift", subject: instrument, measured_at, metric, ...found };
  });
  const compared = new Set(drifts.map(({ feature }) => feature));
  const not_compared = card.feature_names.filter((name) => !compared.has(name));
  const facts = { model_version: version.version, training_rows: profile.rows, features: drifts.length, not_compared };
  const of = { check: "drift", subject: instrument, measured_at, n: recent.rows } as const;
  return [
    {
      ...of,
      metric: "psi_median",
      value: median(drifts.map(({ psi }) => psi)),
      details: { ...facts, worst: named(drifts, ({ psi }) => psi) },
    },
    {
      ...of,
      metric: "psi_excess",
      ...largestExcess(drifts, earlierBlocks(profile, window.start).length),
      details: { ...facts, worst: named(drifts, ({ excess }) => excess) },
    },
    { ...of, metric: "kl_median", value: median(drifts.map(({ kl }) => kl)), details: { ...facts, worst: named(drifts, ({ kl }) => kl) } },
    ...models,
    {
      ...of,
      metric: "missing_rise",
      value: Math.max(...drifts.map(missingRise)),
      details: { ...facts, worst: named(drifts, missingRise) },
    },
  ];
}

/** Without earlier weeks to compare with, a large PSI may be quite usual. */
function largestExcess(drifts: readonly FeatureDrift[], earlier: number): Pick<Observation, "value" | "reason"> {
  if (earlier < MIN_EARLIER_BLOCKS) {
    const needed = `${MIN_EARLIER_BLOCKS} times four weeks before the recent ones tell how far features usually wander`;
    return { value: null, reason: `${needed}, and the training set holds ${earlier}` };
  }
  return { value: Math.max(...drifts.map(({ excess }) => excess)) };
}

function missingRise({ missing, missing_in_training }: FeatureDrift): number {
  return Math.max(0, missing - missing_in_training);
}

/** The features for which `by` is largest, rounded for reading. */
function named(drifts: readonly FeatureDrift[], by: (drift: FeatureDrift) => number) {
  const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));
  return drifts
    .toSorted((one, other) => by(other) - by(one))
    .slice(0, NAMED)
    .map(({ feature, bins: _bins, training_rows: _rows, ...numbers }) => ({
      feature,
      ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, rounded(value)])),
    }));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
