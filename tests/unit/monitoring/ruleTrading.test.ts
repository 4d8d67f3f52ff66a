import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import type { Forecast } from "../../../shared/monitoring/forecast.ts";
import { ruleTrading } from "../../../shared/monitoring/ruleTrading.ts";

/** A Tuesday's midnight in New York: fifteen hours from there touch no rollover. */
const START = Date.UTC(2025, 5, 24, 4);
const RULE = { long_above: 0.6, short_below: 0.4 };

/** Mid moves by 10 bp up or down, and a round trip costs 2 bp. */
const forecast = (row: number, probability: number, y: 0 | 1 | null): Forecast => {
  const move = y === null ? 0 : y === 1 ? 0.001 : -0.001;
  return {
    ...{ event_time: START + row * HOUR, decided_at: START + (row + 1) * HOUR, requested_at: START + row * HOUR, y, probability },
    ...{ long: move - 0.000_2, short: -move - 0.000_2, break_even: 0.6, ret_1: 0, moved_bp: move * 1e4, model_version: "1" },
  };
};

describe("paper trading by the rule", () => {
  it("counts what was traded, gross and net apart", () => {
    const rows = [forecast(0, 0.7, 1), forecast(1, 0.5, 1), forecast(2, 0.3, 1), forecast(3, 0.65, 0), forecast(4, 0.35, 0)];
    const found = ruleTrading(rows, RULE);
    expect(found).toMatchObject({ rows: 5, trades: 4, longs: 2, signals: 4, turnover_per_day: 19.2 });
    // +10, -10, -10, +10 bp between mids, 2 bp less each.
    expect(found.total_gross_bp).toBeCloseTo(0, 9);
    expect(found.total_net_bp).toBeCloseTo(-8, 9);
    expect(found.gross_bp?.estimate).toBeCloseTo(0, 9);
    expect(found.net_bp?.estimate).toBeCloseTo(-2, 9);
    // The running sum is 8, -4, -16, -8: 24 below its top.
    expect(found.max_drawdown_bp?.estimate).toBeCloseTo(24, 9);
    expect(found.signals_per_hour?.estimate).toBe(0.8);
    expect(found.signal_quality?.estimate).toBe(0.5);
  });

  it("annualises by the hours that the market is open, by hand for returns that do not hang together", () => {
    const signs = [1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1] as const;
    const rows = signs.map((y, row) => forecast(row, 0.7, y));
    const net = signs.map((y) => (y === 1 ? 0.000_8 : -0.001_2));
    const m = net.reduce((sum, one) => sum + one, 0) / net.length;
    // Fewer than 20 rows: no lag, so that the standard deviation is the plain one.
    const s = Math.sqrt(net.reduce((sum, one) => sum + (one - m) ** 2, 0) / (net.length - 1));
    // A span without a closed hour: every hour of a year.
    expect(ruleTrading(rows, RULE).sharpe?.estimate).toBeCloseTo((m / s) * Math.sqrt(365.25 * 24), 9);
  });

  it.each([
    ["no forecast", [], { rows: 0, trades: 0, sharpe: null, signals_per_hour: null, signal_quality: null, max_drawdown_bp: null }],
    ["nothing beyond a limit", [forecast(0, 0.5, 1), forecast(1, 0.6, 0)], { rows: 2, trades: 0, sharpe: null, signal_quality: null }],
    ["results that never vary", [forecast(0, 0.7, 1), forecast(1, 0.7, 1), forecast(2, 0.7, 1)], { trades: 3, sharpe: null }],
    ["ties, which prove no signal right", [forecast(0, 0.7, null)], { trades: 1, signals: 1, signal_quality: null }],
  ])("of %s", (_name, rows, expected) => {
    expect(ruleTrading(rows, RULE)).toMatchObject(expected);
  });

  it("does not trade in the rollover, and counts what has no price", () => {
    const evening = { ...forecast(0, 0.7, 1), event_time: Date.UTC(2025, 5, 24, 21), decided_at: Date.UTC(2025, 5, 24, 22) };
    const unpriced = { ...forecast(1, 0.7, 1), long: null, short: null };
    expect(ruleTrading([unpriced, evening], RULE)).toMatchObject({ rows: 1, trades: 0, without_price: 1, signals: 1 });
  });
});
