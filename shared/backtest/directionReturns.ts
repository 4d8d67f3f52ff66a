import { touchesRollover } from "../domain/rollover.ts";
import type { BacktestRows } from "./backtest.ts";
import { positionOfDirection } from "./tradingRule.ts";

/** Of each row, log returns of a trade in the direction that was said: between mids, and after the spread; 0 where none is made. */
export interface DirectionReturns {
  readonly gross: Float64Array;
  readonly net: Float64Array;
}

/** None is made in the rollover's hours, nor without a bid and an ask. */
export function directionReturns({ event_time, label_end, p, long_net, short_net }: Omit<BacktestRows, "horizon_bars">): DirectionReturns {
  const [gross, net] = [new Float64Array(p.length), new Float64Array(p.length)];
  for (let row = 0; row < p.length; row++) {
    const side = positionOfDirection(p[row]!);
    const result = side === 1 ? long_net[row]! : short_net[row]!;
    if (Number.isNaN(result) || touchesRollover(event_time[row]!, label_end[row]!)) continue;
    gross[row] = (side * (long_net[row]! - short_net[row]!)) / 2;
    net[row] = result;
  }
  return { gross, net };
}
