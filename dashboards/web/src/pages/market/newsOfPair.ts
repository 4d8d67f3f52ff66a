import type { NewsArticleView } from "../../../../../shared/contracts/news.ts";
import type { CandleTimes } from "./candleTimes.ts";
import { placeAmong } from "./placeAmong.ts";

/** An article that is about a currency of the pair, and which way it pulls the pair: above 0 up. Null: it was not read. */
export interface PairNews {
  readonly article: NewsArticleView;
  readonly pull: number | null;
}

/** Those that are about a currency of the pair and say nothing that an earlier one said, the newest first. */
export function newsOfPair(articles: readonly NewsArticleView[], instrument: string): PairNews[] {
  const [base, quote] = instrument.split("_");
  return articles.flatMap((article) => {
    const { reading } = article;
    if (reading === null || reading.duplicate_of !== null) return [];
    const of = (wanted: string | undefined) => reading.currencies.find(({ currency }) => currency === wanted);
    const [up, down] = [of(base), of(quote)];
    return up || down ? [{ article, pull: (up?.direction ?? 0) - (down?.direction ?? 0) }] : [];
  });
}

/** News by the candle in which they could first be known. What came after the last one is in none. */
export function newsAtCandles(candles: CandleTimes, news: readonly PairNews[]): Map<number, PairNews[]> {
  const by_place = new Map<number, PairNews[]>();
  for (const one of news) {
    const index = placeAmong(candles, Date.parse(one.article.available_at));
    if (index !== null) by_place.set(index, [...(by_place.get(index) ?? []), one]);
  }
  return by_place;
}
