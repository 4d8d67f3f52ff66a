import type { PredictionSummaryView } from "../../../../../shared/contracts/predictions.ts";
import { DAY, HOUR } from "../../../../../shared/domain/instant.ts";
import type { Span } from "./span.ts";

/** A prediction that is made as the market closes is about the first bar after that: behind a weekend and a holiday or two. */
const LONGEST_CLOSE = 4 * DAY;

export interface PredictionsOfSpan {
  readonly predictions: readonly PredictionSummaryView[];
  /** Since when all are there, epoch ms; null: all of the span are. */
  readonly complete_since: number | null;
}

/** When those are asked for that are about the time of a span. Those of the bar that comes next are at its end, or just after it. */
export function askedWithin({ from, to }: Span): Span {
  return { from: from - LONGEST_CLOSE, to: to + HOUR };
}

/** Of what was found, the newest first, what is about the time of the span; `is_all`: there are no older ones. */
export function predictionsOfSpan(found: readonly PredictionSummaryView[], { from }: Span, is_all: boolean): PredictionsOfSpan {
  const oldest = is_all ? undefined : found.at(-1);
  const reached = oldest === undefined ? from : Date.parse(oldest.target_start);
  return {
    predictions: found.filter(({ target_start }) => Date.parse(target_start) >= from),
    complete_since: reached > from ? reached : null,
  };
}
