/**
 * Counters in store_facts that go up when inputs of feature views change, so that a build can tell whether any came while it ran. One a
 * kind of input: news that arrives every few minutes must not make the hourly market build start again.
 */
export const REVISION_FACTS = { bars: "bars_revision", scores: "article_scores_revision", silver: "news_silver_revision" } as const;

/** As SQL: the views that are built from articles and not from bars. */
export const NEWS_VIEWS = "'news_silver', 'news_features'";

/** The counter of what a view is built from. */
export function revisionFactOf(view: string): string {
  if (view === "news_silver") return REVISION_FACTS.scores;
  return view === "news_features" ? REVISION_FACTS.silver : REVISION_FACTS.bars;
}

/** SQL of the present count of the fact that the parameter `key` names. */
export function revisionOf(key: string): string {
  return `coalesce((SELECT CAST(value AS INTEGER) FROM store_facts WHERE key = ${key}), 0)`;
}

/** SQL that raises a counter when `changed` has a row. */
export function raiseRevision(fact: string, changed: string): string {
  return `INSERT INTO store_facts (key, value) SELECT '${fact}', '1' WHERE EXISTS (${changed})
  ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`;
}
