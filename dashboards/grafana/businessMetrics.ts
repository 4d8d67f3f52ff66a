import type { Board, Placed } from "./board.ts";
import { gauge, lines, table } from "./panels.ts";
import { byInstrument, reading, withInterval } from "./readings.ts";

const PAPER = "Paper trading of four weeks with one unit, no leverage, the spread paid at both ends; no slippage beyond it, no swap.";
const BY_RULE = `${PAPER} By the rule: beyond TRADE_LONG_ABOVE and TRADE_SHORT_BELOW, outside the rollover.`;
const BY_BREAK_EVEN = `${PAPER} By break-even: traded where the probability is worth the spread.`;

/** What would acting on the predictions have earned, after costs? */
export function businessMetrics(): Board {
  return {
    uid: "fx-business-metrics",
    title: "FX: Business Metrics",
    description: "What acting on the predictions would have earned after the spread. Paper: nobody traded, and nothing here is money.",
    rows: [
      { title: "By the trading rule", height: 8, panels: profit() },
      { title: "Risk", height: 8, panels: risk() },
      { title: "Signals", height: 8, panels: signals() },
      { title: "By break-even", height: 8, panels: breakEven() },
    ],
  };
}

function profit(): Placed[] {
  const [net, gross] = [reading("business", "pnl_net_bp"), reading("business", "pnl_gross_bp")];
  return [
    [
      24,
      lines({
        title: "Profit and loss of four weeks, net and gross",
        description: `${BY_RULE} In basis points, summed over the four weeks before each moment: it rolls, and what is older has left it. Net is after the spread; gross, between mids, nobody can earn. 0 where nothing was beyond a limit.`,
        unit: "none",
        decimals: 1,
        queries: [
          { expr: net.expr, legend: "{{instrument}} net" },
          { expr: gross.expr, legend: "{{instrument}} gross" },
        ],
      }),
    ],
  ];
}

function risk(): Placed[] {
  const [sharpe, worst, ruled] = [
    reading("business", "sharpe_net"),
    reading("business", "max_drawdown_bp"),
    reading("business", "rule_drawdown_bp"),
  ];
  return [
    [
      8,
      gauge({
        title: "Sharpe ratio, net",
        description: `${BY_RULE} Of all hours, annualised by the hours that the market is open and by their autocorrelation (Lo 2002). ${sharpe.reason}`,
        unit: "none",
        decimals: 1,
        queries: byInstrument(sharpe),
        min: -20,
        max: 20,
      }),
    ],
    [
      8,
      gauge({
        title: "Largest drawdown, by break-even",
        description: `${BY_BREAK_EVEN} From a top of the sum of net returns to the lowest point after it, in basis points. ${worst.reason}`,
        unit: "none",
        decimals: 0,
        queries: byInstrument(worst),
        limits: worst.limits,
        min: 0,
        max: 2_000,
      }),
    ],
    [
      8,
      gauge({
        title: "Largest drawdown, by the rule",
        description: `${BY_RULE} From a top of the sum of net returns to the lowest point after it, in basis points. ${ruled.reason}`,
        unit: "none",
        decimals: 0,
        queries: byInstrument(ruled),
        min: 0,
        max: 2_000,
      }),
    ],
  ];
}

function signals(): Placed[] {
  const [often, right, turnover] = [
    reading("business", "signals_per_hour"),
    reading("business", "signal_quality"),
    reading("business", "rule_turnover_per_day"),
  ];
  return [
    [
      8,
      lines({
        title: "Signals an hour",
        description: `${BY_RULE} Predictions beyond a limit, of the hours of four weeks: 1 is one every hour. ${often.reason}`,
        unit: "none",
        decimals: 3,
        queries: byInstrument(often),
        min: 0,
      }),
    ],
    [
      8,
      table({
        title: "Signals whose direction came, with the 95 % interval",
        description: `${BY_RULE} Before costs: a direction that comes may still lose the spread. An interval that holds 50 % shows nothing. ${right.reason}`,
        unit: "percentunit",
        decimals: 1,
        queries: withInterval(right, "right"),
      }),
    ],
    [
      8,
      lines({
        title: "Round trips a market day, by the rule",
        description: `${BY_RULE} Each pays the spread once. ${turnover.reason}`,
        unit: "none",
        decimals: 2,
        queries: byInstrument(turnover),
        min: 0,
      }),
    ],
  ];
}

function breakEven(): Placed[] {
  const [net, hits, turnover] = [
    reading("business", "net_return_bp"),
    reading("business", "hit_rate"),
    reading("business", "turnover_per_day"),
  ];
  return [
    [
      8,
      table({
        title: "Net return of a trade (bp), with its 95 % interval",
        description: `${BY_BREAK_EVEN} In basis points, a hundredth of a percent. An interval that holds 0 shows no profit. ${net.reason}`,
        unit: "none",
        decimals: 2,
        queries: withInterval(net, "net"),
      }),
    ],
    [
      8,
      table({
        title: "Trades that won after costs, with the 95 % interval",
        description: `${BY_BREAK_EVEN} An interval that holds 50 % shows nothing. ${hits.reason}`,
        unit: "percentunit",
        decimals: 1,
        queries: withInterval(hits, "won"),
      }),
    ],
    [
      8,
      lines({
        title: "Round trips a market day, by break-even",
        description: `${BY_BREAK_EVEN} ${turnover.reason}`,
        unit: "none",
        decimals: 1,
        queries: byInstrument(turnover),
        min: 0,
      }),
    ],
  ];
}
