import { counted } from "../domain/counted.ts";
import type { Interval } from "../metrics/interval.ts";
import type { Backtest } from "./backtest.ts";
import { BREAK_EVEN_SAID, breakEvenPoint } from "./breakEvenPoint.ts";

/** In a line, for logs, tags and reports: trades, what they moved, cost and left, and what of it chance explains. */
export function describeBacktest(result: Backtest): string {
  const { trades, rows, gross_bp, cost_bp, net_bp, sharpe, deflated_sharpe, trials } = result;
  if (trades === 0) return `no trade in ${counted(rows, "bar")} outside the rollover${withoutPrice(result)}`;
  const parts = [
    `${counted(trades, "trade")} in ${counted(rows, "bar")} outside the rollover${withoutPrice(result)}`,
    `gross ${bp(gross_bp)}, cost ${cost_bp!.toFixed(2)}, net ${bp(net_bp)} bp a trade`,
    breakEven(result),
  ];
  if (sharpe !== null) parts.push(`Sharpe ${sharpe.estimate.toFixed(2)} [${sharpe.low.toFixed(2)}, ${sharpe.high.toFixed(2)}] a year`);
  if (deflated_sharpe !== null) {
    parts.push(`above 0 with a probability of ${percent(deflated_sharpe)}${trials > 1 ? ` as one of ${counted(trials, "trial")}` : ""}`);
  }
  return parts.join("; ");
}

function withoutPrice({ without_price }: Backtest): string {
  return without_price === 0 ? "" : ` (${without_price} more had no bid and ask)`;
}

function breakEven(result: Backtest): string {
  const point = breakEvenPoint(result);
  return typeof point === "string" ? BREAK_EVEN_SAID[point] : `break-even at ${percent(point)} right`;
}

function bp(interval: Interval | null): string {
  return interval === null ? "not known" : `${interval.estimate.toFixed(2)} [${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
