import type { Reading } from "../monitoring/reading.ts";

/** Of each instrument and metric: with more, seven instruments of eighty features would be half of all series. */
export const MAX_FEATURES_TOLD = 30;

/**
 * Readings without those of a model's features that are told least of: of each instrument the features with the largest values stay, in their order. All others stay
 * as they are. A subject is INSTRUMENT/feature.
 */
export function farthestFeatures<Row extends Pick<Reading, "check" | "subject" | "metric" | "value">>(readings: readonly Row[]): Row[] {
  const of_features = readings.filter(({ check }) => check === "features");
  const groups = Map.groupBy(of_features, ({ subject, metric }) => `${subject.split("/")[0]} ${metric}`);
  const least = [...groups.values()].flatMap((own) =>
    own.toSorted((one, other) => (other.value ?? -Infinity) - (one.value ?? -Infinity)).slice(MAX_FEATURES_TOLD),
  );
  const left_out = new Set(least);
  return readings.filter((reading) => !left_out.has(reading));
}
