import { BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS, type Instrument } from "../../shared/domain/instrument.ts";
import { toBarSeries } from "../../shared/features/barSeries.ts";
import { featureKey } from "../../shared/features/viewSchema.ts";
import { createMarketWindow } from "../../shared/features/marketWindow.ts";
import { marketFeatures } from "../../shared/features/registry.ts";
import { syntheticBars } from "./syntheticBars.ts";

/** What every market feature gives on fixed bars: the record that a change of formula is held against. */
export interface MarketGolden {
  /** "USD_SGD 2025-03-10T12:00:00Z": the row that the value at the same place of each list belongs to. */
  readonly rows: readonly string[];
  /** name@version -> one value a row, null where the feature is null. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

const BARS = 900;
const START = Date.UTC(2025, 0, 13);
/** Two instruments, so that no leg column is null everywhere; the last bar, ordinary ones, and one in the warm-up of some. */
const ROWS: readonly (readonly [Instrument, number])[] = [
  ["USD_SGD", BARS - 1],
  ["USD_SGD", 777],
  ["USD_SGD", 250],
  ["EUR_USD", 880],
  ["EUR_USD", 801],
];

export function computeMarketGolden(): MarketGolden {
  const series = new Map(
    DEFAULT_INSTRUMENTS.map((instrument, i) => {
      const bars = syntheticBars(instrument, { seed: 100 + i, bars: BARS, start: START, price: 1 + i / 7, gap_share: 0.002 });
      return [instrument, toBarSeries(bars)] as const;
    }),
  );
  const windows = ROWS.map(([instrument, index]) => createMarketWindow(instrument, series.get(instrument)!, index, series));
  const values = marketFeatures(DEFAULT_INSTRUMENTS).features.map(
    (feature) => [featureKey(feature), windows.map((window) => feature.compute(window))] as const,
  );
  return {
    rows: windows.map((w) => `${w.instrument} ${toIso(w.start.at(-1)! + BASE_GRANULARITY_MS)}`),
    values: Object.fromEntries(values),
  };
}

/** Largest relative difference that counts as the same value: room for another engine's last digits, for no other formula. */
const TOLERANCE = 1e-12;

/** What the recorded and the computed values differ in, one sentence a feature, each saying what to do. Empty when nothing. */
export function goldenDifferences(recorded: MarketGolden, computed: MarketGolden): string[] {
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
export function unversionedChanges(recorded: MarketGolden, computed: MarketGolden): string[] {
  const shared = Object.keys(computed.values).filter((key) => key in recorded.values);
  const only = (golden: MarketGolden) => ({ ...golden, values: Object.fromEntries(shared.map((key) => [key, golden.values[key]!])) });
  return goldenDifferences(only(recorded), only(computed));
}

const REGENERATE = "Record it with: node --experimental-strip-types data/golden/regenerate.ts";

function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
