import type { DirectionReturns } from "./directionReturns.ts";

const BP = 10_000;

/** What trading had come to by a row, one unit a trade, in basis points. */
export interface PnlPoint {
  /** Epoch ms. */
  readonly event_time: number;
  readonly gross_bp: number;
  readonly net_bp: number;
}

/** The running sums at every so-manieth row, so that there are at most about `most` of them; the last row is always one. */
export function pnlPoints(
  event_time: ArrayLike<number>,
  { gross, net }: Readonly<Record<keyof DirectionReturns, ArrayLike<number>>>,
  most: number,
): readonly PnlPoint[] {
  const step = Math.max(1, Math.ceil(gross.length / most));
  const points: PnlPoint[] = [];
  const sum = { gross_bp: 0, net_bp: 0 };
  for (let row = 0; row < gross.length; row++) {
    sum.gross_bp += gross[row]! * BP;
    sum.net_bp += net[row]! * BP;
    if (row % step === 0 || row === gross.length - 1) points.push({ event_time: event_time[row]!, ...sum });
  }
  return points;
}
