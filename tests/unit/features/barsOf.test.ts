import { describe, expect, it } from "vitest";
import { syntheticBars } from "../../../data/golden/syntheticBars.ts";
import { type BarSeries, type CloseSeries, toBarSeries } from "../../../shared/features/barSeries.ts";
import { OWN_BARS } from "../../../shared/features/barsOf.ts";
import { createMarketWindow } from "../../../shared/features/marketWindow.ts";
import { marketFeatures } from "../../../shared/features/registry.ts";

const LEGS = ["AUD_USD", "EUR_SGD", "EUR_USD", "USD_JPY", "USD_SGD"];
const BARS = 130;
const series = new Map<string, BarSeries>(
  LEGS.map((leg, seed) => [leg, toBarSeries(syntheticBars(leg, { seed, bars: BARS, start: Date.UTC(2025, 2, 3), gap_share: 0 }))]),
);

class RecordingLegs extends Map<string, CloseSeries> {
  readonly read = new Set<string>();
  override get(leg: string): CloseSeries | undefined {
    this.read.add(leg);
    return super.get(leg);
  }
}

describe("the bars that a market feature says it is computed from", () => {
  it.each(["USD_SGD", "EUR_SGD"])("are those of the other pairs that it reads, in the rows of %s", (pair) => {
    for (const feature of marketFeatures(LEGS).features) {
      const legs = new RecordingLegs(series);
      feature.compute(createMarketWindow(pair, series.get(pair)!, BARS - 1, legs));
      const said = feature.leg === pair ? [] : (feature.bars_of ?? [OWN_BARS]).filter((one) => one !== OWN_BARS && one !== pair);
      expect([...legs.read].toSorted(), feature.name).toEqual([...said].toSorted());
    }
  });

  it("are the row's own where the value changes with them", () => {
    const own = series.get("USD_SGD")!;
    const moved: BarSeries = { ...own, ret: own.ret.map((value, bar) => (bar % 2 === 0 ? value * 3 : value)) };
    for (const { name, compute, bars_of = [OWN_BARS] } of marketFeatures(LEGS).features) {
      const [is, was] = [moved, own].map((bars) => compute(createMarketWindow("USD_SGD", bars, BARS - 1, series)));
      if (is !== was) expect(bars_of, name).toContain(OWN_BARS);
    }
  });
});
