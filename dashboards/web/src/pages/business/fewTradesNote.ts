import { MIN_TRADES } from "../../../../../shared/monitoring/rules/ruleTradingRules.ts";

/** That a sum is of too few trades to say anything of the rule; null from as many on as the monitoring judges. */
export function fewTradesNote(trades: number): string | null {
  if (trades >= MIN_TRADES) return null;
  return `Too few to judge by: one trade more can turn the sum, and at least ${MIN_TRADES} are wanted.`;
}
