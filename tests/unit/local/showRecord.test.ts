import { describe, expect, it } from "vitest";
import { renderRecord } from "../../../functions/local/text/showRecord.ts";
import type { BacktestView, ModelRecord } from "../../../shared/contracts/modelRecord.ts";

const interval = (estimate: number, width: number) => ({ estimate, low: estimate - width, high: estimate + width });
const scores = (accuracy: number) => ({
  accuracy: interval(accuracy, 0.02),
  log_loss: interval(0.694, 0.001),
  brier: interval(0.25, 0.001),
  auc: null,
});
const NOTHING: BacktestView = {
  rows: 900,
  trades: 0,
  longs: 0,
  without_price: 0,
  gross_bp: null,
  cost_bp: null,
  net_bp: null,
  total_gross_bp: 0,
  total_net_bp: 0,
  hit_rate: null,
  break_even_accuracy: null,
  turnover_per_day: 0,
  sharpe: null,
  deflated_sharpe: null,
  trials: 1,
  max_drawdown_bp: null,
};
const part = (by: ModelRecord["breakdown"][number]["by"], key: string, n: number): ModelRecord["breakdown"][number] => ({
  ...{ by, key, n, base_rate: 0.5, log_loss: interval(0.694, 0.001), brier: null, accuracy: interval(0.503, 0.02) },
  ...{ f1: 0.5, mcc: 0.006, ece: 0.02, ece_of_chance: 0.04, brier_parts: null },
  ...{ log_loss_minus: { coin: null, base_rate: interval(0.000_1, 0.000_3), momentum: null }, net_bp: interval(-1.87, 0.4) },
});
const RECORD: ModelRecord = {
  name: "fx-usdsgd-predictor",
  instrument: "USD_SGD",
  from: "2025-01-01T00:00:00Z",
  to: "2025-06-01T00:00:00Z",
  versions: ["1", "2", "3"],
  rows: 900,
  model: scores(0.503),
  baselines: { coin: scores(0.5), base_rate: scores(0.507), momentum: scores(0.499) },
  log_loss_minus: { coin: interval(0.000_12, 0.000_3), base_rate: interval(0.000_1, 0.000_3), momentum: null },
  scores: {
    f1: 0.512,
    mcc: 0.006,
    ece: 0.021,
    ece_of_chance: 0.042,
    brier_parts: { reliability: 0.000_04, resolution: -0.000_02, uncertainty: 0.250_01, within_bins: 0.000_03 },
    intervals: { f1: interval(0.512, 0.03), mcc: interval(0.006, 0.06) },
  },
  breakdown: [
    part("hours", "outside_rollover", 900),
    part("hours", "rollover", 120),
    part("session", "asia", 400),
    {
      ...part("month", "2025-01", 1),
      accuracy: null,
      log_loss_minus: { coin: null, base_rate: null, momentum: null },
      mcc: null,
      net_bp: null,
    },
  ],
  every_direction: {
    ...NOTHING,
    trades: 898,
    without_price: 2,
    gross_bp: interval(0.03, 0.4),
    cost_bp: 1.9,
    net_bp: interval(-1.87, 0.4),
    break_even_accuracy: 0.66,
    sharpe: interval(-14.2, 2),
    deflated_sharpe: 0,
  },
  by_rule: { ...NOTHING, rule: { long_above: 0.6, short_below: 0.4 } },
  skill: "none",
  verdict: "No skill shown: not better than coin, base_rate, momentum by more than chance.",
};

describe("a record for people", () => {
  it("says what was predicted, what trading it left, and ends in what that shows", () => {
    expect(renderRecord(RECORD).split("\n")).toEqual([
      "USD_SGD, 2025-01-01 to 2025-06-01: 900 bars outside the rollover, answered by 3 versions while in Production",
      "           accuracy             log loss                    model minus it, 1e-5 nats",
      "---------  -------------------  --------------------------  -------------------------",
      "model      50.3 % [48.3, 52.3]  0.69400 [0.69300, 0.69500]",
      "coin       50.0 % [48.0, 52.0]  0.69400 [0.69300, 0.69500]  12 [-18, 42]",
      "base_rate  50.7 % [48.7, 52.7]  0.69400 [0.69300, 0.69500]  10 [-20, 40]",
      "momentum   49.9 % [47.9, 51.9]  0.69400 [0.69300, 0.69500]  -",
      "model: F1 0.512 [0.482, 0.542]; MCC 0.006 [-0.054, 0.066]; calibration error 2.1 points, of which 4.2 points are chance;",
      "  Brier 0.25000 = reliability 0.00004 - resolution -0.00002 + uncertainty 0.25001 + within bins 0.00003",
      "                 bars  % right            log loss minus base rate's, 1e-5    MCC  bp a trade",
      "---------------  ----  -----------------  --------------------------------  -----  --------------------",
      "rollover, apart   120  50.3 [48.3, 52.3]  10 [-20, 40]                      0.006  -1.87 [-2.27, -1.47]",
      "session asia      400  50.3 [48.3, 52.3]  10 [-20, 40]                      0.006  -1.87 [-2.27, -1.47]",
      "month 2025-01       1  -                  -                                     -  -",
      "Of 3 parts, one in twenty has an interval that leaves the truth out: nothing is claimed by a part.",
      "every direction: 898 trades in 900 bars outside the rollover (2 more had no bid and ask); gross 0.03 [-0.37, 0.43], cost",
      "  1.90, net -1.87 [-2.27, -1.47] bp a trade; break-even at 66.0 % right; Sharpe -14.20 [-16.20, -12.20] a year; above 0",
      "  with a probability of 0.0 %",
      "above 0.6 or below 0.4: no trade in 900 bars outside the rollover",
      "USD_SGD: No skill shown: not better than coin, base_rate, momentum by more than chance.",
    ]);
  });

  it("of nothing says so", () => {
    expect(renderRecord({ ...RECORD, rows: 0, versions: [] })).toBe(
      "USD_SGD, 2025-01-01 to 2025-06-01: no bar that a version in Production could answer, and whose outcome is known. " +
        "A record begins when a version is promoted; npm run fx -- backfill makes one of the past.",
    );
  });

  it("names the one version that answered", () => {
    expect(renderRecord({ ...RECORD, versions: ["7"] })).toContain("answered by version 7 while");
  });
});
