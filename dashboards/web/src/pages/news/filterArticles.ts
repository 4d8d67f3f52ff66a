import type { ArticleView } from "./articleView.ts";

export interface ArticleFilter {
  /** Words, all of which must stand in the headline or among the matched terms. */
  readonly words: string;
  readonly source: string;
  /** "none": read by nobody. */
  readonly engine: string;
  readonly currency: string;
  /** Legs of a pair, of which the article must be about one; empty: any. */
  readonly legs: readonly string[];
}

export function filterArticles<Article extends ArticleView>(
  articles: readonly Article[],
  { words, source, engine, currency, legs }: ArticleFilter,
): readonly Article[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return articles.filter((article) => {
    if (source !== "" && article.source !== source) return false;
    if (engine !== "" && (article.reading?.engine ?? "none") !== engine) return false;
    const about = article.reading?.currencies.map((one) => one.currency) ?? [];
    if (currency !== "" && !about.includes(currency)) return false;
    if (legs.length > 0 && !about.some((one) => legs.includes(one))) return false;
    const said = [article.title, ...article.matched_terms].join(" ").toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
}

/** Currencies that any of the articles is about, those of most articles first. */
export function currenciesOf(articles: readonly ArticleView[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { reading } of articles)
    for (const { currency } of reading?.currencies ?? []) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([currency]) => currency);
}
