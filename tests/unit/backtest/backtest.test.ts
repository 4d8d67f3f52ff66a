import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BacktestRows, backtest } from "../../../shared/backtest/backtest.ts";
import { sharpeRatio } from "../../../shared/backtest/sharpeRatio.ts";
import { CAUTIOUS_RULE, positionBy, positionOfDirection } from "../../../shared/backtest/tradingRule.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import { touchesRollover } from "../../../shared/domain/rollover.ts";

/** Midnight UTC of a Wednesday: the rollover of New York's summer lies at 20:00 to 22:00. */
const T0 = Date.UTC(2025, 5, 4);
const SPREAD = 0.000_2;

interface Row {
  readonly hour: number;
  readonly p: number;
  /** Log return between mids; null: without bid and ask. */
  readonly move: number | null;
}

function rowsOf(rows: readonly Row[]): BacktestRows {
  const net = (sign: number) => rows.map(({ move }) => (move === null ? Number.NaN : sign * move - SPREAD));
  const event_time = rows.map(({ hour }) => T0 + hour * HOUR);
  const label_end = event_time.map((time) => time + HOUR);
  return { event_time, label_end, p: rows.map(({ p }) => p), long_net: net(1), short_net: net(-1), horizon_bars: 1 };
}
const cautious = (p: number) => positionBy(CAUTIOUS_RULE, p);

describe("a backtest", () => {
  it("buys above 0.6, sells below 0.4, pays the spread, and leaves out the rollover and what has no price", () => {
    const found = backtest(
      rowsOf([
        { hour: 0, p: 0.61, move: 0.001 },
        { hour: 1, p: 0.6, move: 0.002 },
        { hour: 2, p: 0.39, move: 0.000_5 },
        { hour: 3, p: 0.4, move: -0.002 },
        { hour: 4, p: 0.9, move: null },
        { hour: 5, p: 0.1, move: -0.000_7 },
        { hour: 20, p: 0.99, move: 0.01 },
        { hour: 21, p: 0.01, move: 0.01 },
        { hour: 22, p: 0.99, move: 0.01 },
      ]),
      cautious,
      3,
    );
    expect(found).toMatchObject({ rows: 6, trades: 3, longs: 1, without_price: 1, trials: 3 });
    expect(found.gross_bp!.estimate).toBeCloseTo((10 - 5 + 7) / 3, 9);
    expect(found.cost_bp).toBeCloseTo(2, 9);
    expect(found.net_bp!.estimate).toBeCloseTo((10 - 5 + 7) / 3 - 2, 9);
    expect([found.total_gross_bp, found.total_net_bp]).toEqual([expect.closeTo(12, 9), expect.closeTo(6, 9)]);
    expect(found.hit_rate!.estimate).toBeCloseTo(2 / 3, 12);
    expect(found.break_even_accuracy).toBeCloseTo(0.5 + 2 / (2 * (22 / 3)), 9);
    expect(found.turnover_per_day).toBeCloseTo((24 * 3) / 6, 12);
    expect(found.max_drawdown_bp!.estimate).toBeCloseTo(7, 9);
  });

  it("says nothing of what was never traded, and does not call it 0", () => {
    const found = backtest(rowsOf([0, 1, 2].map((hour) => ({ hour, p: 0.5, move: 0.001 }))), cautious, 1);
    const nothing = { gross_bp: null, net_bp: null, cost_bp: null, hit_rate: null, break_even_accuracy: null, max_drawdown_bp: null };
    expect(found).toMatchObject({ ...nothing, rows: 3, trades: 0, turnover_per_day: 0, sharpe: null, deflated_sharpe: null });
  });

  it("of no rows is one of nothing", () => {
    expect(backtest(rowsOf([]), cautious, 1)).toMatchObject({ rows: 0, trades: 0, turnover_per_day: null, sharpe: null });
  });

  it("annualises by the hours that the market is open: a rule that wins every trade of a fortnight alike has no Sharpe ratio to speak of", () => {
    const hours = Array.from({ length: 90 }, (_, hour) => hour).filter((hour) => hour % 24 < 20);
    const one = backtest(rowsOf(hours.map((hour) => ({ hour, p: 0.7, move: hour % 2 ? 0.001 : -0.000_9 }))), cautious, 1);
    const other = backtest(rowsOf(hours.map((hour) => ({ hour, p: 0.3, move: hour % 2 ? -0.001 : 0.000_9 }))), cautious, 1);
    expect(one.sharpe!.estimate).toBeCloseTo(other.sharpe!.estimate, 9);
    expect(one.sharpe!.estimate).toBeLessThan(0);
  });

  it("takes a year for the hours of it that are traded: about 5,430, three of each market day being the rollover's", () => {
    const hours = Array.from({ length: 52 * 7 * 24 }, (_, hour) => hour).filter((hour) => isMarketOpen(T0 + hour * HOUR));
    const rows = rowsOf(hours.map((hour) => ({ hour, p: 0.7, move: hour % 3 === 0 ? 0.001_5 : -0.000_2 })));
    const found = backtest(rows, cautious, 1);
    const returns = hours
      .filter((hour) => !touchesRollover(T0 + hour * HOUR, T0 + (hour + 1) * HOUR))
      .map((hour) => rows.long_net[hours.indexOf(hour)]!);
    expect(found.rows).toBe(returns.length);
    const bars_a_year = found.rows * (365.25 / (52 * 7));
    expect(bars_a_year).toBeGreaterThan(5_300);
    expect(bars_a_year).toBeLessThan(5_500);
    expect(found.sharpe!.estimate / sharpeRatio({ returns, horizon_bars: 1, bars_a_year })!.estimate).toBeCloseTo(1, 3);
  });

  it("of rows of one moment is of one bar, which has no ratio", () => {
    const found = backtest(rowsOf([0.001, -0.002].map((move) => ({ hour: 0, p: 0.7, move }))), cautious, 1);
    expect(found).toMatchObject({ trades: 2, sharpe: null, turnover_per_day: 48 });
  });

  it("of the same trades in two pairs has twice the result, the same ratio and drawdown of a bar's sum, and no surer a mean", () => {
    const hours = Array.from({ length: 200 }, (_, hour) => ({ hour: 7 * hour, p: 0.7, move: 0.000_2 * Math.sin(hour * hour) }));
    const open = hours.filter(({ hour }) => isMarketOpen(T0 + hour * HOUR) && !touchesRollover(T0 + hour * HOUR, T0 + (hour + 1) * HOUR));
    const [one, two] = [open, open.flatMap((row) => [row, row])].map((rows) => backtest(rowsOf(rows), cautious, 1));
    expect(two!.trades).toBe(2 * one!.trades);
    expect(two!.total_net_bp).toBeCloseTo(2 * one!.total_net_bp, 9);
    expect(two!.max_drawdown_bp!.estimate).toBeCloseTo(2 * one!.max_drawdown_bp!.estimate, 9);
    for (const figure of ["net_bp", "gross_bp", "hit_rate", "sharpe"] as const) {
      for (const end of ["estimate", "low", "high"] as const) expect(two![figure]![end]).toBeCloseTo(one![figure]![end], 9);
    }
  });

  it("has not won where the move pays the spread and no more", () => {
    const found = backtest(rowsOf([0, 1].map((hour) => ({ hour, p: 0.7, move: SPREAD }))), cautious, 1);
    expect(found).toMatchObject({ trades: 2, total_net_bp: 0, hit_rate: { estimate: 0 } });
  });

  it("is the other side's mirror: gross results turn, costs stay", () => {
    const row = fc.record({
      p: fc.double({ min: 0, max: 1, noNaN: true }),
      move: fc.option(fc.double({ min: -0.01, max: 0.01, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
        const all = rows.map((one, hour) => ({ ...one, hour }));
        const [there, back] = [
          backtest(rowsOf(all), cautious, 1),
          backtest(rowsOf(all.map((one) => ({ ...one, p: 1 - one.p }))), cautious, 1),
        ];
        // 1 - p rounds: only rows whose side turned are compared.
        if (there.trades !== back.trades) return;
        expect(there.total_gross_bp).toBeCloseTo(-back.total_gross_bp, 6);
        expect(there.total_gross_bp - there.total_net_bp).toBeCloseTo(2 * there.trades, 6);
        expect(there.trades + there.without_price).toBeLessThanOrEqual(there.rows);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe("a trading rule", () => {
  it("acts on every direction as /predict says it", () => {
    expect([0.49, 0.5, 0.51].map(positionOfDirection)).toEqual([-1, 1, 1]);
  });
});
