import type { ArticleView } from "./articleView.ts";

export const MEASURES = ["direction", "sentiment"] as const;
/** direction: which way the articles point a currency. sentiment: good or bad news, of the articles about it. */
export type Measure = (typeof MEASURES)[number];

export interface NewsBucket {
  /** Epoch ms. */
  readonly start: number;
  /** Articles that became known in it, repeats left out. */
  readonly articles: number;
  /** In the order of the currencies asked for; null: no article was about it. */
  readonly means: readonly (number | null)[];
  readonly counts: readonly number[];
}

/**
 * Articles by when they could be known, in buckets of one length from `from` on: of each currency the mean of what the articles say of it, each
 * weighted by how much it is about the currency and by the confidence of its reading. An article that repeats another counts nowhere, as in
 * the features that models read.
 */
export function newsInTime(
  articles: readonly ArticleView[],
  {
    from,
    to,
    step_ms,
    currencies,
    measure,
  }: Readonly<{ from: number; to: number; step_ms: number; currencies: readonly string[]; measure: Measure }>,
): readonly NewsBucket[] {
  const size = Math.max(0, Math.ceil((to - from) / step_ms));
  const buckets = Array.from({ length: size }, (_, index) => ({
    start: from + index * step_ms,
    articles: 0,
    sums: currencies.map(() => ({ weight: 0, value: 0, count: 0 })),
  }));
  for (const { available_at, reading } of articles) {
    if (reading !== null && reading.duplicate_of !== null) continue;
    const bucket = buckets[Math.floor((Date.parse(available_at) - from) / step_ms)];
    if (bucket === undefined) continue;
    bucket.articles++;
    for (const { currency, relevance, direction } of reading?.currencies ?? []) {
      const sum = bucket.sums[currencies.indexOf(currency)];
      if (sum === undefined || reading === null) continue;
      const weight = relevance * reading.confidence;
      sum.weight += weight;
      sum.value += weight * (measure === "direction" ? direction : reading.sentiment_score);
      sum.count++;
    }
  }
  return buckets.map(({ start, articles: count, sums }) => ({
    start,
    articles: count,
    means: sums.map(({ weight, value }) => (weight > 0 ? value / weight : null)),
    counts: sums.map((sum) => sum.count),
  }));
}

const HOUR = 3_600_000;
const STEPS = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR];
const MOST_BUCKETS = 40;

/** How long a bucket is, so that a chart of the span has some forty of them. */
export function stepOf(span_ms: number): number {
  return STEPS.find((step) => span_ms / step <= MOST_BUCKETS) ?? STEPS.at(-1)!;
}
