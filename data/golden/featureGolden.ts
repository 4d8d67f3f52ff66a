/** What features give on fixed inputs: the record that a change of formula is held against. */
export interface FeatureGolden {
  /** The row that the value at the same place of each list belongs to. */
  readonly rows: readonly string[];
  /** name@version -> one value a row, null where the feature is null. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Largest relative difference that counts as the same value: room for another engine's last digits, for no other formula. */
const TOLERANCE = 1e-12;

/** What the recorded and the computed values differ in, one sentence a feature, each saying what to do. Empty when nothing. */
export function goldenDifferences(recorded: FeatureGolden, computed: FeatureGolden): string[] {
  const keys = new Set([...Object.keys(recorded.values), ...Object.keys(computed.values)]);
  return [...keys].flatMap((key) => {
    const [old, now] = [recorded.values[key], computed.values[key]];
    if (!now) return [`${key} is recorded but no longer defined. ${REGENERATE}`];
    if (!old) return [`${key} is defined but not recorded. ${REGENERATE}`];
    if (old.length === now.length && old.every((value, i) => isSame(value, now[i]!))) return [];
    return [`${key} gives ${now.join(", ")} where ${old.join(", ")} is recorded: bump its version, then regenerate. ${REGENERATE}`];
  });
}

/** Those of `goldenDifferences` that a new record must not cover up: the same name@version with other values. */
export function unversionedChanges(recorded: FeatureGolden, computed: FeatureGolden): string[] {
  const shared = Object.keys(computed.values).filter((key) => key in recorded.values);
  const only = (golden: FeatureGolden) => ({ ...golden, values: Object.fromEntries(shared.map((key) => [key, golden.values[key]!])) });
  return goldenDifferences(only(recorded), only(computed));
}

const REGENERATE = "Record it with: node --experimental-strip-types data/golden/regenerate.ts";

function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
