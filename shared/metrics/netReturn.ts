import { RISE_THRESHOLD } from "./accuracy.ts";
import { dependenceLag } from "./dependenceLag.ts";
import { dependenceOf } from "./dependenceOf.ts";
import type { Interval } from "./interval.ts";
import { meanInterval } from "./meanInterval.ts";

const BP = 10_000;

export interface NetReturnInput {
  /** Probabilities of a rise, ascending in time. */
  readonly p: ArrayLike<number>;
  /** Log return after the spread of a long and of a short trade on each row; NaN without bid and ask. */
  readonly long_net: ArrayLike<number>;
  readonly short_net: ArrayLike<number>;
  readonly horizon_bars: number;
  /** Of each row, where rows of several instruments may be of one moment. */
  readonly event_time?: ArrayLike<number>;
}

export interface NetResult {
  readonly trades: number;
  /** Rows without a price to trade at. */
  readonly without_price: number;
  /** Mean log return of a trade after the spread, in bp, with its robust 95 % interval. Null with fewer than two trades. */
  readonly net_bp: Interval | null;
}

/**
 * What trading every row by the direction rule would have earned: long where p >= 0.5, else short, one unit for `horizon_bars`, entered at
 * the next bar's open, the spread paid at both ends (shared/labels/netReturn.ts). No position is left out for being unsure: that is what
 * acting on /predict's `direction` costs.
 */
export function netReturn({ p, long_net, short_net, horizon_bars, event_time }: NetReturnInput): NetResult {
  const results = Float64Array.from(p, (probability, row) => (probability >= RISE_THRESHOLD ? long_net[row]! : short_net[row]!) * BP);
  const trades = results.filter((result) => Number.isFinite(result));
  const times = event_time && Float64Array.from(event_time).filter((_, row) => Number.isFinite(results[row]));
  const dependence = times ? dependenceOf(times, horizon_bars) : { lag: dependenceLag(trades.length, horizon_bars) };
  const interval = meanInterval(trades, dependence);
  return { trades: trades.length, without_price: results.length - trades.length, net_bp: interval };
}
