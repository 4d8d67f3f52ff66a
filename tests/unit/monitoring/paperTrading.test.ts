import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bar } from "../../../shared/domain/bar.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { wilsonInterval } from "../../../shared/metrics/accuracy.ts";
import { bootstrapInterval } from "../../../shared/metrics/bootstrapInterval.ts";
import { maxDrawdown } from "../../../shared/metrics/maxDrawdown.ts";
import { breakEvenProbabilities, positionOf } from "../../../shared/monitoring/breakEven.ts";
import { type Forecast, outcomesOf } from "../../../shared/monitoring/forecast.ts";
import { paperTrading } from "../../../shared/monitoring/paperTrading.ts";

const TUESDAY = Date.UTC(2025, 5, 24);
/** Mid moves by 0.1 % up and down in turn; the spread is 0.04 %. */
const MOVE = 0.001;
const SPREAD = 0.000_4;

function bars(count: number, sides = true): Bar[] {
  return Array.from({ length: count }, (_, i) => {
    const close = i % 2 === 0 ? 1 : Math.exp(MOVE);
    const open = i % 2 === 0 ? Math.exp(MOVE) : 1;
    const flat = (factor: number) => ({
      o: open * factor,
      h: Math.max(open, close) * factor,
      l: Math.min(open, close) * factor,
      c: close * factor,
    });
    const half = Math.exp(SPREAD / 2);
    const quotes = sides ? { bid: flat(1 / half), ask: flat(half) } : { bid: null, ask: null };
    return { instrument: "USD_SGD", granularity: "H1", start: TUESDAY + i * HOUR, mid: flat(1), ...quotes, volume: 1 };
  });
}

describe("break-even", () => {
  it("is a half plus the spread over twice the move, once twenty moves are known", () => {
    const p = breakEvenProbabilities(toBarSeries(bars(30)));
    expect(p.slice(0, 20).every(Number.isNaN)).toBe(true);
    expect(p[20]).toBeCloseTo(0.5 + SPREAD / (2 * MOVE), 12);
    expect(breakEvenProbabilities(toBarSeries(bars(30, false))).every(Number.isNaN)).toBe(true);
  });

  it.each([
    [0.71, 0.7, 1],
    [0.7, 0.7, 0],
    [0.29, 0.7, -1],
    [0.31, 0.7, 0],
    [1, 1.2, 0],
    [0.99, Number.NaN, 0],
  ])("p = %d against %d gives %d", (probability, break_even, position) => {
    expect(positionOf(probability, break_even)).toBe(position);
  });
});

describe("outcomes", () => {
  it("are those decided in the span, with label, costs and break-even", () => {
    const series = toBarSeries(bars(30));
    const outcomes = outcomesOf(series, 1, TUESDAY + 25 * HOUR, TUESDAY + 28 * HOUR);
    expect(outcomes.map(({ decided_at }) => (decided_at - TUESDAY) / HOUR)).toEqual([26, 27, 28]);
    expect(outcomes.map(({ y }) => y)).toEqual([1, 0, 1]);
    expect(outcomes[0]).toMatchObject({
      event_time: TUESDAY + 25 * HOUR,
      long: expect.closeTo(MOVE - SPREAD, 12),
      short: expect.closeTo(-MOVE - SPREAD, 12),
    });
    expect(outcomes[0]!.break_even).toBeCloseTo(0.7, 12);
  });

  it("are none without the bar that decides them", () => {
    const gap = bars(30).filter(({ start }) => start !== TUESDAY + 26 * HOUR);
    const outcomes = outcomesOf(toBarSeries(gap), 1, TUESDAY + 25 * HOUR, TUESDAY + 40 * HOUR);
    expect(outcomes.map(({ event_time }) => (event_time - TUESDAY) / HOUR)).not.toContain(26);
  });
});

function forecast(over: Partial<Forecast>): Forecast {
  return {
    event_time: 0,
    decided_at: 1,
    y: 1,
    long: 0.000_6,
    short: -0.001_4,
    break_even: 0.7,
    probability: 0.5,
    model_version: "1",
    requested_at: 0,
    ret_1: Number.NaN,
    moved_bp: Number.NaN,
    ...over,
  };
}

describe("paper trading", () => {
  it("takes what is beyond break-even, pays the spread, and counts the rest as nothing", () => {
    const result = paperTrading([
      forecast({ probability: 0.8 }),
      forecast({ probability: 0.6 }),
      forecast({ probability: 0.1 }),
      forecast({ probability: 0.9, long: null }),
    ]);
    expect(result).toMatchObject({ forecasts: 4, trades: 2, longs: 1, without_price: 1 });
    expect(result.total_bp).toBeCloseTo(6 - 14, 9);
    expect(result.net_return_bp?.estimate).toBeCloseTo(-4, 9);
    expect(result.hit_rate?.estimate).toBe(0.5);
    const { low, high } = wilsonInterval(2, 4)!;
    expect(result.turnover_per_day).toEqual({ estimate: 12, low: expect.closeTo(24 * low, 9), high: expect.closeTo(24 * high, 9) });
    expect(result.max_drawdown_bp?.estimate).toBeCloseTo(14, 9);
  });

  it("does not count a trade that nets exactly nothing as a hit", () => {
    const result = paperTrading([
      forecast({ probability: 0.8, long: 0 }),
      forecast({ probability: 0.8, long: -0 }),
      forecast({ probability: 0.8, long: 1e-9 }),
    ]);
    expect(result).toMatchObject({ trades: 3, longs: 3 });
    expect(result.hit_rate?.estimate).toBeCloseTo(1 / 3, 12);
  });

  it("has no figures without a trade", () => {
    expect(paperTrading([])).toMatchObject({
      net_return_bp: null,
      hit_rate: null,
      turnover_per_day: null,
      max_drawdown_bp: null,
      total_bp: 0,
    });
    expect(paperTrading([forecast({})])).toMatchObject({ trades: 0, max_drawdown_bp: null, turnover_per_day: { estimate: 0 } });
  });

  it.each([
    [[], 0],
    [[1, 2, 3], 0],
    [[-1, -2, 5], 3],
    [[5, -3, 1, -4, 10], 6],
  ])("the drawdown of %j is %d", (returns, worst) => {
    expect(maxDrawdown(returns)).toBe(worst);
  });

  it("its bootstrap interval holds the estimate and is the same each time", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 1, maxLength: 40 }), (list) => {
        const values = Float64Array.from(list);
        const interval = bootstrapInterval(values, maxDrawdown);
        expect(interval.low).toBeLessThanOrEqual(interval.estimate);
        expect(interval.high).toBeGreaterThanOrEqual(interval.estimate);
        expect(bootstrapInterval(values, maxDrawdown)).toEqual(interval);
      }),
      { numRuns: 20 },
    );
  });
});
