import type { Instant } from "../domain/instant.ts";
import { direction } from "../labels/direction.ts";

export const REALIZED_DIRECTIONS = ["bullish", "bearish", "flat"] as const;
/** flat: mid was the same, which proves neither direction right. */
export type RealizedDirection = (typeof REALIZED_DIRECTIONS)[number];

/** What became of a prediction. */
export interface Settled {
  readonly realized_direction: RealizedDirection;
  /** ln(mid at the end of the predicted bar / mid at event_time) in basis points; null where that is not known. */
  readonly return_bp: number | null;
  /** When this store had what decides it. */
  readonly known_at: Instant;
}

interface Close {
  readonly mid_c: number;
  readonly ingested_at: Instant;
}

/**
 * The outcome by the bars: mid at the close of the bar that the prediction was made on, and of the last bar that it is about. Null until both
 * are there; of bars that were replaced since, by what stands there now. The same rule as the label that models are trained on
 * (shared/labels/direction.ts).
 */
export function settleByBars(from: Close | undefined, to: Close | undefined): Settled | null {
  if (from === undefined || to === undefined) return null;
  return {
    realized_direction: directionOf(from.mid_c, to.mid_c),
    return_bp: returnBp(from.mid_c, to.mid_c),
    known_at: Math.max(from.ingested_at, to.ingested_at),
  };
}

export function directionOf(from: number, to: number): RealizedDirection {
  const y = direction(from, to);
  if (y === null) return "flat";
  return y === 1 ? "bullish" : "bearish";
}

/** Log return in basis points. */
export function returnBp(from: number, to: number): number {
  return Math.log(to / from) * 1e4;
}
