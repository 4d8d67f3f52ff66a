import { type MetricRule, SHOWN } from "../metricRule.ts";
import { MIN_TRADES, RULE_TRADING_RULES } from "./ruleTradingRules.ts";

/** Of paper trading, by break-even and by the rule. */
export const BUSINESS_RULES: Readonly<Record<string, MetricRule>> = {
  net_return_bp: {
    unit: "bp a trade",
    bad: "below",
    warning: 0,
    breach: -2.4,
    min_n: MIN_TRADES,
    reason:
      "Below 0 the trades lose after costs. -2.4 bp: what the original system lost an hourly trade with no skill at all (original-system.md, section 6).",
  },
  hit_rate: {
    unit: "share",
    bad: "below",
    warning: 0.5,
    breach: null,
    min_n: MIN_TRADES,
    reason: "Hourly gains and losses are about as large as one another: less than half of them won is a loss.",
  },
  turnover_per_day: { ...SHOWN, unit: "round trips a market day", min_n: 1, reason: "Shown: what costs are paid on." },
  max_drawdown_bp: {
    unit: "bp",
    bad: "above",
    warning: 500,
    breach: 1_500,
    min_n: MIN_TRADES,
    reason:
      "1,500 bp: the plan's limit of 15 % (original-system.md, section 7); a third of it to look at. Of a position of one unit, without leverage.",
  },
  ...RULE_TRADING_RULES,
};
