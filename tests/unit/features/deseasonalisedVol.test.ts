import { describe, expect, it } from "vitest";
import { syntheticBars } from "../../../data/golden/syntheticBars.ts";
import { HOUR, WEEK } from "../../../shared/domain/instant.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { vol_deseasonalised } from "../../../shared/features/deseasonalisedVol.ts";
import { createMarketWindow } from "../../../shared/features/marketWindow.ts";

/** 800 hours of open market with flat prices, in which only the bars named here move, by these log returns. */
function valueAfter(moves: ReadonlyMap<number, number>, start = Date.UTC(2025, 4, 5)): { value: number | null; last: number } {
  const bars = syntheticBars("USD_SGD", { seed: 1, bars: 800, start });
  const last = bars.at(-1)!.start;
  let price = 1;
  const moved = bars.map((bar) => {
    price *= Math.exp(moves.get(bar.start - last) ?? 0);
    return { ...bar, mid: { o: price, h: price, l: price, c: price } };
  });
  const series = toBarSeries(moved);
  return { value: vol_deseasonalised.compute(createMarketWindow("USD_SGD", series, series.length - 1, new Map())), last };
}

describe("vol_deseasonalised", () => {
  it("is |r| over the mean |r| of the same hour in the six weeks before, without the bar itself", () => {
    const moves = new Map([
      [0, -0.03],
      [-WEEK, 0.01],
      [-2 * WEEK, -0.02],
      [-HOUR, 0.5], // another hour of the week
      [-7 * WEEK, 0.9], // out of sight
    ]);
    expect(valueAfter(moves).value).toBeCloseTo(0.03 / (0.03 / 6), 9);
  });

  it("is null when the hour never moved before", () => {
    expect(valueAfter(new Map([[0, 0.01]])).value).toBeNull();
  });

  it("keeps an hour's slot through the change to summer time", () => {
    // 800 open hours from 10 February 2025 end in late March, after New York's change of 9 March: before it, the slot was an hour later in UTC.
    const start = Date.UTC(2025, 1, 10);
    const moves = new Map([
      [0, 0.02],
      [-3 * WEEK + HOUR, 0.06],
      [-3 * WEEK, 0.9],
    ]);
    const { value, last } = valueAfter(moves, start);
    expect(last).toBeGreaterThan(Date.UTC(2025, 2, 9));
    expect(last - 3 * WEEK).toBeLessThan(Date.UTC(2025, 2, 9));
    expect(value).toBeCloseTo(0.02 / (0.06 / 6), 9);
  });

  it("is null with fewer than 722 bars", () => {
    const series = toBarSeries(syntheticBars("USD_SGD", { seed: 2, bars: 722, start: Date.UTC(2025, 4, 5) }));
    expect(vol_deseasonalised.compute(createMarketWindow("USD_SGD", series, 720, new Map()))).toBeNull();
    expect(vol_deseasonalised.compute(createMarketWindow("USD_SGD", series, 721, new Map()))).not.toBeNull();
  });

  it("is null when missing bars leave fewer than four earlier values in the slot", () => {
    const bars = syntheticBars("USD_SGD", { seed: 3, bars: 900, start: Date.UTC(2025, 4, 5) });
    const last = bars.at(-1)!.start;
    const without = (weeks: readonly number[]) => {
      const series = toBarSeries(bars.filter((bar) => !weeks.some((week) => bar.start === last - week * WEEK)));
      return vol_deseasonalised.compute(createMarketWindow("USD_SGD", series, series.length - 1, new Map()));
    };
    expect(without([1, 2])).not.toBeNull();
    expect(without([1, 2, 3])).toBeNull();
  });
});
