import type { Answer } from "../../api/useAnswer.ts";

/** Of what is drawn with the candles, how far nothing seen means that there is nothing. */
export interface LayerKnown {
  /** Since when all that there is has been read, epoch ms; null: it has not been. */
  readonly since: number | null;
  /** Why what came before is not known. */
  readonly why: string;
}

/**
 * What is known of a layer by its answer; null: none is asked for, and `off` says why. `since`: since when all is in the answer, epoch ms;
 * null: all of the span is.
 */
export function layerKnown(
  answer: Pick<Answer<unknown>, "data" | "error" | "is_former"> | null,
  { off, since }: { readonly off: string; readonly since: number | null },
): LayerKnown {
  if (answer === null) return { since: null, why: off };
  if (answer.data === undefined && answer.error !== null) return { since: null, why: "could not be read" };
  if (answer.data === undefined || answer.is_former) return { since: null, why: "not read yet" };
  return { since: since ?? Number.NEGATIVE_INFINITY, why: "not read so far back" };
}

/** Of a candle beside which nothing of the layer stands: null, there is nothing; else why that is not known. */
export function whyUnknown({ since, why }: LayerKnown, candle_start: number): string | null {
  return since !== null && candle_start >= since ? null : why;
}

/** What is drawn with the candles, by name. */
export interface LayersKnown {
  readonly predictions: LayerKnown;
  readonly trades: LayerKnown;
  readonly news: LayerKnown;
}
