import { BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS, type Instrument } from "../../shared/domain/instrument.ts";
import { toBarSeries } from "../../shared/features/barSeries.ts";
import { featureKey } from "../../shared/features/viewSchema.ts";
import { createMarketWindow, type MarketWindow } from "../../shared/features/marketWindow.ts";
import { marketFeatures } from "../../shared/features/registry.ts";
import type { FeatureGolden } from "./featureGolden.ts";
import { syntheticBars } from "./syntheticBars.ts";

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

/** The windows of the rows, on fixed bars. */
export function goldenWindows(): readonly MarketWindow[] {
  const series = new Map(
    DEFAULT_INSTRUMENTS.map((instrument, i) => {
      const bars = syntheticBars(instrument, { seed: 100 + i, bars: BARS, start: START, price: 1 + i / 7, gap_share: 0.002 });
      return [instrument, toBarSeries(bars)] as const;
    }),
  );
  return ROWS.map(([instrument, index]) => createMarketWindow(instrument, series.get(instrument)!, index, series));
}

export function nameOfWindow(window: MarketWindow): string {
  return `${window.instrument} ${toIso(window.start.at(-1)! + BASE_GRANULARITY_MS)}`;
}

/** What every market feature gives on fixed bars. Rows: "USD_SGD 2025-03-10T12:00:00Z". */
export function computeMarketGolden(): FeatureGolden {
  const windows = goldenWindows();
  const values = marketFeatures(DEFAULT_INSTRUMENTS).features.map(
    (feature) => [featureKey(feature), windows.map((window) => feature.compute(window))] as const,
  );
  return {
    rows: windows.map(nameOfWindow),
    values: Object.fromEntries(values),
  };
}
