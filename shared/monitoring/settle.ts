import type { Instant } from "../domain/instant.ts";
import { AppError } from "../errors.ts";
import { direction } from "../labels/direction.ts";

export const REALIZED_DIRECTIONS = ["bullish", "bearish", "flat"] as const;
/** flat: mid was the same, which proves neither direction right. */
export type RealizedDirection = (typeof REALIZED_DIRECTIONS)[number];

/** What a store wrote down. */
export function readDirection(text: string): RealizedDirection {
  const found = REALIZED_DIRECTIONS.find((direction) => direction === text);
  if (found !== undefined) return found;
  throw new AppError("internal", `"${text}" is no direction`);
}

/** What became of a prediction. */
export interface Settled {
  readonly realized_direction: RealizedDirection;
  /** ln(mid at the end of the predicted bar / mid at event_time) in basis points; null where that is not known. */
  readonly return_bp: number | null;
  /** When this store had what decides it. */
  readonly known_at: Instant;
}

/** An outcome with who says so. */
export interface KnownOutcome extends Settled {
  /** BY_BARS, or who reported it. */
  readonly source: string;
  /** What the bars say, whoever else said something; null: they are not there. */
  readonly by_bars: RealizedDirection | null;
}

/** What this store's own outcomes are called. */
export const BY_BARS = "bars";

/** Mid at a bar's close, and since when this store has the bar. */
export interface Close {
  readonly mid_c: number;
  readonly ingested_at: Instant;
}

/** What somebody said of it. */
export interface Reported {
  readonly realized_direction: RealizedDirection;
  readonly realized_price: number | null;
  readonly source: string;
  readonly reported_at: Instant;
}

/** What became of a prediction, as far as it is known: by what was reported, else by the bars; null: open. */
export function settle(from: Close | undefined, to: Close | undefined, report: Reported | undefined): KnownOutcome | null {
  const settled = settleByBars(from, to);
  const by_bars = settled?.realized_direction ?? null;
  if (report === undefined) return settled && { ...settled, source: BY_BARS, by_bars };
  const { realized_direction, realized_price, reported_at, source } = report;
  const return_bp = realized_price === null || from === undefined ? null : returnBp(from.mid_c, realized_price);
  return { realized_direction, return_bp, known_at: reported_at, source, by_bars };
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
