import { type MetricRule, SHOWN } from "../metricRule.ts";

const BY_RULE = "Shown: few honest probabilities reach the rule's limits. Judged by break-even, in net_return_bp and max_drawdown_bp.";

/** Trades for a mean with an interval: where the normal approximation holds, with the wider spread of a first look. */
export const MIN_TRADES = 30;

/** Of paper trading by the installation's rule (ruleTrading.ts). */
export const RULE_TRADING_RULES: Readonly<Record<string, MetricRule>> = {
  pnl_net_bp: { ...SHOWN, unit: "bp", min_n: 1, reason: "Shown: the sum of four weeks after the spread." },
  pnl_gross_bp: { ...SHOWN, unit: "bp", min_n: 1, reason: "Shown: the sum of four weeks between mids, which nobody can earn." },
  rule_net_bp: { ...SHOWN, unit: "bp a trade", min_n: MIN_TRADES, reason: BY_RULE },
  rule_gross_bp: { ...SHOWN, unit: "bp a trade", min_n: MIN_TRADES, reason: BY_RULE },
  sharpe_net: {
    ...SHOWN,
    unit: "a year",
    min_n: 240,
    reason: "Shown: the plan wants 1 (original-system.md, section 7), and four weeks cannot tell it from 0.",
  },
  rule_drawdown_bp: { ...SHOWN, unit: "bp", min_n: MIN_TRADES, reason: BY_RULE },
  rule_turnover_per_day: { ...SHOWN, unit: "round trips a market day", min_n: 1, reason: "Shown: what costs are paid on." },
  signals_per_hour: { ...SHOWN, unit: "signals an hour", min_n: 1, reason: "Shown: how often the rule has something to act on." },
  signal_quality: { ...SHOWN, unit: "share", min_n: MIN_TRADES, reason: BY_RULE },
};
