import type { ViewSource } from "../../../../shared/features/viewSchema.ts";
import { viewSources } from "../../../../shared/features/views.ts";

/**
 * Counters in store_facts that go up when inputs of feature views change, so that a build can tell whether any came while it ran. One a
 * kind of input: news that arrives every few minutes must not make the hourly market build start again.
 */
export const REVISION_FACTS = { bars: "bars_revision", scores: "article_scores_revision", silver: "news_silver_revision" } as const;

const FACT_OF_SOURCE: ReadonlyMap<ViewSource, string> = new Map([
  ["bars", REVISION_FACTS.bars],
  ["scores", REVISION_FACTS.scores],
  ["articles", REVISION_FACTS.silver],
]);

/** As SQL: the views that are built from something else than bars. */
export const VIEWS_WITHOUT_BARS = [...viewSources()].flatMap(([view, source]) => (source === "bars" ? [] : [`'${view}'`])).join(", ");

/** The counter of what a view is built from; of a source that a further family brings, one of its name. */
export function revisionFactOf(view: string, sources: ReadonlyMap<string, ViewSource>): string {
  const source = sources.get(view) ?? "bars";
  return FACT_OF_SOURCE.get(source) ?? `${source}_revision`;
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
