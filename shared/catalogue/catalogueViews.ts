import { ON_DEMAND_VIEWS } from "../features/onDemand/onDemandViews.ts";
import { FEATURE_FAMILIES, knownViews, pushedViews, type ViewConfig } from "../features/views.ts";
import { type CatalogueView, joinedView, viewOfArticles, viewOfPushes, viewOfRows, viewOnDemand } from "./catalogueView.ts";

/**
 * Every feature view of an installation, made of the definitions that its rows are computed by: silver before the gold that it goes into,
 * family by family, then the join of all that a model may read, what is pushed, and last what is computed on demand.
 */
export function catalogueViews(config: ViewConfig): readonly CatalogueView[] {
  const { instruments, families = FEATURE_FAMILIES } = config;
  const { retired } = knownViews(config);
  const gold = families.map(({ view }) => viewOfRows(view(instruments), retired));
  const by_family = families.flatMap(({ silver = [], by_article = [] }, index) => [
    ...silver.map((view) => viewOfRows(view, [])),
    ...by_article.map(viewOfArticles),
    gold[index]!,
  ]);
  return [...by_family, joinedView(gold), ...pushedViews(config).map(viewOfPushes), ...ON_DEMAND_VIEWS.map(viewOnDemand)];
}
