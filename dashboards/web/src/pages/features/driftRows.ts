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
  /** Share of one; 0 where none misses, there or in training. */
  readonly missing: number | null;
  readonly missing_in_training: number | null;
  readonly status: string;
  /** Why nothing was measured. */
  readonly reason: string | null;
}

export function driftRows(psi: readonly FeatureReading[], missing: readonly FeatureReading[]): readonly DriftRow[] {
  const gaps = new Map(missing.map((reading) => [reading.subject, reading]));
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
      // No reading of it: no row is without a value, now or in training.
      missing: value === null ? null : (gap?.value ?? 0),
      missing_in_training: value === null ? null : gap === undefined ? 0 : numberIn(gap.details, "in_training"),
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
