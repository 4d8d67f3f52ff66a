import { describe, expect, it } from "vitest";
import type { Backtest } from "../../../shared/backtest/backtest.ts";
import { describeBacktest } from "../../../shared/backtest/describeBacktest.ts";

const traded: Backtest = {
  rows: 120,
  trades: 40,
  longs: 25,
  without_price: 0,
  gross_bp: { estimate: 1.5, low: -0.25, high: 3.25 },
  cost_bp: 1.25,
  net_bp: { estimate: 0.25, low: -1.5, high: 2 },
  total_gross_bp: 60,
  total_net_bp: 10,
  hit_rate: { estimate: 0.5, low: 0.35, high: 0.65 },
  break_even_accuracy: 0.5625,
  turnover_per_day: 8,
  sharpe: { estimate: 0.5, low: -1.5, high: 2.5 },
  deflated_sharpe: 0.625,
  trials: 1,
  max_drawdown_bp: { estimate: 12, low: 10, high: 20 },
};
const SHARPE = "Sharpe 0.50 [-1.50, 2.50] a year";
const LINE =
  "40 trades in 120 bars outside the rollover; gross 1.50 [-0.25, 3.25], cost 1.25, net 0.25 [-1.50, 2.00] bp a trade; break-even at 56.3 % right";

describe("a backtest in a line", () => {
  it.each<[string, Partial<Backtest>, string]>([
    ["the only trial", {}, `${LINE}; ${SHARPE}; above 0 with a probability of 62.5 %`],
    ["one of two trials", { trials: 2 }, `${LINE}; ${SHARPE}; above 0 with a probability of 62.5 % as one of 2 trials`],
    ["no Sharpe ratio that is known", { sharpe: null, deflated_sharpe: null }, LINE],
    [
      "a single trade",
      { trades: 1, gross_bp: null, net_bp: null, sharpe: null, deflated_sharpe: null },
      "1 trade in 120 bars outside the rollover; gross not known, cost 1.25, net not known bp a trade; too few trades to say how often they must be right to pay the spread",
    ],
    [
      "a spread that is wider than the mean move",
      { break_even_accuracy: 1.214, sharpe: null, deflated_sharpe: null },
      LINE.replace("break-even at 56.3 % right", "not even being right every time would pay the spread"),
    ],
    [
      "bars without a price",
      { without_price: 3, sharpe: null, deflated_sharpe: null },
      LINE.replace("rollover;", "rollover (3 more had no bid and ask);"),
    ],
    ["no trade", { trades: 0 }, "no trade in 120 bars outside the rollover"],
    [
      "no trade, for want of prices",
      { trades: 0, without_price: 5 },
      "no trade in 120 bars outside the rollover (5 more had no bid and ask)",
    ],
  ])("of %s", (_what, fields, line) => {
    expect(describeBacktest({ ...traded, ...fields })).toBe(line);
  });
});
