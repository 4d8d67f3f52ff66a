/** Readings of the check `features` as a row a feature and pair: how its distribution now stands to the training set's. */

export interface FeatureReading {
  /** INSTRUMENT/FEATURE */
  readonly subject: string;
  readonly metric: string;
  readonly measured_at: string;
  readonly value: number | null;
  readonly n: number | null;
  readonly status: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface DriftRow {
  readonly instrument: string;
  readonly feature: string;
  readonly measured_at: string;
  readonly psi: number | null;
  /** What PSI is on average on so many rows when nothing has changed. */
  readonly psi_by_chance: number | null;
  /** psi over that. */
  readonly times_chance: number | null;
  /** Kullback-Leibler divergence, nats. */
  readonly kl: number | null;
  /** Recent rows. */
  readonly n: number | null;
  /** Share of one; 0 where none misses, there or in training. Null: not known. */
  readonly missing: number | null;
  readonly missing_in_training: number | null;
  readonly status: string;
  /** Why nothing was measured. */
  readonly reason: string | null;
}

/** A list of readings, of which an answer may not have held all. */
export interface FeatureReadings {
  readonly readings: readonly FeatureReading[];
  readonly has_more: boolean;
}

/** `missing`: of those features that miss anything, there or in training; one that is not among all of them misses nothing. */
export function driftRows(psi: readonly FeatureReading[], missing: FeatureReadings): readonly DriftRow[] {
  const no_reading = missing.has_more ? null : 0;
  const gaps = new Map(missing.readings.map((reading) => [reading.subject, reading]));
  return psi.map((reading) => {
    const { subject, measured_at, value, n, status, details } = reading;
    const slash = subject.indexOf("/");
    const gap = gaps.get(subject);
    const psi_by_chance = numberIn(details, "psi_without_drift");
    return {
      instrument: slash < 0 ? subject : subject.slice(0, slash),
      feature: slash < 0 ? "" : subject.slice(slash + 1),
      ...{ measured_at, psi: value, psi_by_chance, n, status },
      times_chance: value !== null && psi_by_chance !== null && psi_by_chance > 0 ? value / psi_by_chance : null,
      kl: numberIn(details, "kl"),
      missing: value === null ? null : gap === undefined ? no_reading : gap.value,
      missing_in_training: value === null ? null : gap === undefined ? no_reading : numberIn(gap.details, "in_training"),
      reason: typeof details["reason"] === "string" ? details["reason"] : null,
    };
  });
}

function numberIn(details: Readonly<Record<string, unknown>>, name: string): number | null {
  const value = details[name];
  return typeof value === "number" ? value : null;
}

export const DRIFT_ORDERS = ["psi", "chance", "missing", "name"] as const;
export type DriftOrder = (typeof DRIFT_ORDERS)[number];

/** The largest first; by name from a. */
export function sortedDrift(rows: readonly DriftRow[], order: DriftOrder): readonly DriftRow[] {
  const size = (row: DriftRow) =>
    (order === "psi" ? row.psi : order === "chance" ? row.times_chance : Math.abs((row.missing ?? 0) - (row.missing_in_training ?? 0))) ??
    -1;
  const byName = (a: DriftRow, b: DriftRow) => a.feature.localeCompare(b.feature) || a.instrument.localeCompare(b.instrument);
  return rows.toSorted((a, b) => (order === "name" ? 0 : size(b) - size(a)) || byName(a, b));
}
