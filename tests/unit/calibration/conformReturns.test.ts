import { describe, expect, it } from "vitest";
import { conformReturns, RETURN_LEVEL, type ReturnRows } from "../../../shared/calibration/conformReturns.ts";
import { foldSpans } from "../../../shared/calibration/outOfFoldRows.ts";
import { returnBounds, returnIntervalSchema } from "../../../shared/calibration/returnInterval.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { hourOfDay, wallTime } from "../../../shared/domain/timeZone.ts";

const START = Date.UTC(2025, 0, 6);
const FOLDS = foldSpans(Array<number>(5).fill(1_500));
const ROWS = 7_500;
/** Hours on New York's clock in which this market moves twice as far. */
const WILD = [8, 9, 10];

interface Market {
  /** What a row's move is multiplied by. */
  readonly grows?: (row: number) => number;
  /** Moves up are so many times as large as moves down. */
  readonly skew?: number;
  readonly horizon_bars?: number;
  readonly rows?: number;
  readonly seed?: number;
}

/** Hours whose direction is known to some degree and whose size is exponential, in spells of calm and storm that the volatility knows of. */
function market({ grows = () => 1, skew = 1, horizon_bars = 1, rows = ROWS, seed = 4 }: Market = {}) {
  const random = createRandom(seed);
  const event_time = Array.from({ length: rows }, (_, row) => START + row * HOUR);
  const volatility = event_time.map((_, row) => 0.001 * (1 + 0.8 * Math.sin(row / 150)));
  const p = event_time.map(() => 0.5 + 0.4 * (random() - 0.5));
  const y = p.map((one) => (random() < one ? 1 : 0));
  const returns = y.map((up, row) => {
    const wild = WILD.includes(hourOfDay(wallTime("America/New_York", event_time[row]!))) ? 2 : 1;
    return volatility[row]! * wild * grows(row) * -Math.log(1 - random()) * (up === 1 ? skew : -1);
  });
  const label_end = event_time.map((time) => time + horizon_bars * HOUR);
  return { event_time, label_end, horizon_bars, p, returns, volatility } satisfies ReturnRows;
}

describe("intervals for the return", () => {
  it("hold what they were made to, as later folds show, with their own interval", () => {
    const interval = conformReturns(market(), FOLDS)!;
    const { realised_coverage: seen, realised_rows, missed_below, missed_above } = interval;
    expect(interval.level).toBeCloseTo(0.9, 12);
    expect(Math.abs(seen.estimate - RETURN_LEVEL)).toBeLessThan(0.03);
    expect([seen.low < seen.estimate, seen.high > seen.estimate, realised_rows, interval.rows]).toEqual([true, true, 4_500, 1_500]);
    expect(seen.estimate + missed_below + missed_above).toBeCloseTo(1, 12);
    expect(returnIntervalSchema.parse(JSON.parse(JSON.stringify(interval)))).toEqual(interval);
  });

  it("over many markets, hold it on average to the point: no market's luck", () => {
    const seen = Array.from({ length: 12 }, (_, seed) => conformReturns(market({ seed }), FOLDS)!.realised_coverage.estimate);
    expect(Math.abs(seen.reduce((sum, one) => sum + one, 0) / seen.length - RETURN_LEVEL)).toBeLessThan(0.006);
  });

  it("hold a return at their very end", () => {
    // Every return is one size up or down, and both ends are one size away.
    const rows = market({ rows: 500 });
    const all = (of: (row: number) => number) => rows.returns.map((_, row) => of(row));
    const even = { ...rows, p: all(() => 0.5), volatility: all(() => 1), returns: all((row) => (row % 2 === 0 ? 1 : -1)) };
    expect(conformReturns(even, foldSpans(Array<number>(5).fill(100)))).toMatchObject({
      ...{ low: -1, high: 1, missed_below: 0, missed_above: 0, realised_rows: 300, mean_width_bp: 20_000 },
      realised_coverage: { estimate: 1 },
    });
  });

  it("are as wide as the hour of New York is wild", () => {
    const { by_hour } = conformReturns(market(), FOLDS)!;
    const calm = by_hour.filter((_, hour) => hour < 6).reduce((sum, one) => sum + one, 0) / 6;
    expect(by_hour[9]! / calm).toBeGreaterThan(1.6);
    expect(by_hour[9]! / calm).toBeLessThan(2.4);
  });

  it("lie where the probability says, so that a likely rise is missed on either side alike", () => {
    const rows = market();
    const rule = conformReturns(rows, FOLDS)!;
    const sure = Array.from(rows.p, (p, row) => ({ p, row })).filter(({ p }) => p > 0.62);
    const missed = { below: 0, above: 0 };
    for (const { p, row } of sure) {
      const { low, high } = returnBounds(rule, { p, volatility: rows.volatility[row]!, event_time: rows.event_time[row]! });
      if (rows.returns[row]! * 1e4 < low) missed.below++;
      if (rows.returns[row]! * 1e4 > high) missed.above++;
    }
    const without = sure.filter(({ row }) => rows.returns[row]! < 0).length / sure.length;
    expect(without).toBeLessThan(0.36);
    expect(missed.below / missed.above).toBeGreaterThan(0.5);
    expect(missed.below / missed.above).toBeLessThan(2);
  });

  it("need not lie evenly about 0: of a market that jumps up, the upper end is the farther", () => {
    const { low, high, missed_below, missed_above } = conformReturns(market({ skew: 3 }), FOLDS)!;
    expect(high).toBeGreaterThan(-1.5 * low);
    for (const missed of [missed_below, missed_above]) expect(Math.abs(missed - 0.05)).toBeLessThan(0.02);
  });

  it("own up to a market that has grown wilder since: the coverage that was seen is shown, not the one meant", () => {
    const { realised_coverage } = conformReturns(market({ grows: (row) => 1.35 ** Math.floor(row / 1_500) }), FOLDS)!;
    expect(realised_coverage.high).toBeLessThan(RETURN_LEVEL - 0.03);
  });

  it("are not given where their coverage was not seen, or there is nothing to make them of", () => {
    const rows = market();
    expect(conformReturns(rows, FOLDS.slice(0, 2))).toBeNull();
    expect(conformReturns(rows, [])).toBeNull();
    expect(conformReturns({ ...rows, returns: rows.returns.map(() => Number.NaN) }, FOLDS)).toBeNull();
    expect(conformReturns({ ...rows, volatility: rows.volatility.map(() => Number.NaN) }, FOLDS)).toBeNull();
    expect(conformReturns(market({ rows: 90 }), foldSpans(Array<number>(5).fill(18)))).toBeNull();
    expect(conformReturns(market({ rows: 100 }), foldSpans(Array<number>(5).fill(20)))).not.toBeNull();
  });

  it("leave out rows whose return or volatility is not known", () => {
    const rows = market();
    const holed = rows.returns.map((one, row) => (row % 10 === 0 ? Number.NaN : one));
    expect(conformReturns({ ...rows, returns: holed }, FOLDS)).toMatchObject({ rows: 1_350, realised_rows: 4_050 });
  });

  it("know no row's own return: the figures of a fold rest on the rows before it", () => {
    const rows = market();
    const seen = conformReturns(rows, FOLDS.slice(0, 3))!;
    const later = rows.returns.map((one, row) => (row < FOLDS[2]!.start ? one : 1e-9));
    // All that came then is as good as 0: every interval of the rows before holds it.
    const other = conformReturns({ ...rows, returns: later }, FOLDS.slice(0, 3))!;
    expect(other.mean_width_bp).toBe(seen.mean_width_bp);
    expect(other.realised_coverage.estimate).toBeGreaterThan(0.99);
  });

  it("nor a label that was open when a fold began", () => {
    const rows = market({ horizon_bars: 24 });
    const open = rows.returns.map((one, row) => (row > FOLDS[2]!.start - 24 && row < FOLDS[2]!.start ? 50 * one : one));
    const folds = FOLDS.slice(0, 3);
    expect(conformReturns({ ...rows, returns: open }, folds)!.mean_width_bp).toBe(conformReturns(rows, folds)!.mean_width_bp);
  });
});

describe("the ends of an interval", () => {
  const rule = { by_hour: Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 2 : 1)), low: -2, high: 1.5 };
  const summer = Date.UTC(2025, 6, 1, 13);
  it("are in basis points, by New York's hour and the probability", () => {
    expect(returnBounds(rule, { p: 0.5, volatility: 0.001, event_time: summer })).toEqual({ low: -40, high: 30 });
    expect(returnBounds(rule, { p: 0.5, volatility: 0.001, event_time: summer + HOUR })).toEqual({ low: -20, high: 15 });
    const { low, high } = returnBounds(rule, { p: 0.6, volatility: 0.001, event_time: summer + HOUR });
    expect([low, high].map((end) => Math.round(end * 1e9) / 1e9)).toEqual([-18, 17]);
  });

  it("are unknown without a volatility", () => {
    for (const volatility of [0, Number.NaN]) {
      expect(returnBounds(rule, { p: 0.5, volatility, event_time: summer })).toEqual({ low: Number.NaN, high: Number.NaN });
    }
  });
});
