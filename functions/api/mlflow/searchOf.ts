import { parseFilter } from "../../../shared/mlflow/filter/parseFilter.ts";
import { parseOrderBy } from "../../../shared/mlflow/filter/parseOrderBy.ts";
import type { SearchRules } from "../../../shared/mlflow/filter/searchRules.ts";
import { MAX_RESULTS, requireMaxResults } from "../../../shared/mlflow/limits.ts";
import { offsetOf } from "../../../shared/mlflow/pageToken.ts";
import type { LifecycleStage, Search } from "../../../shared/ports/experimentStore.ts";

interface AskedSearch {
  readonly filter: string;
  readonly order_by: readonly string[];
  readonly max_results: number;
  readonly page_token?: string | undefined;
}

/** A search as a store takes it. */
export function searchOf({ filter, order_by, max_results, page_token }: AskedSearch, rules: SearchRules, most = MAX_RESULTS): Search {
  return {
    conditions: parseFilter(filter, rules),
    orders: parseOrderBy(order_by, rules),
    page: { limit: requireMaxResults(max_results, most), offset: offsetOf(page_token) },
  };
}

const STAGES: Readonly<Record<"ACTIVE_ONLY" | "DELETED_ONLY" | "ALL", readonly LifecycleStage[]>> = {
  ACTIVE_ONLY: ["active"],
  DELETED_ONLY: ["deleted"],
  ALL: ["active", "deleted"],
};

export function stagesOf(view_type: keyof typeof STAGES): readonly LifecycleStage[] {
  return STAGES[view_type];
}
