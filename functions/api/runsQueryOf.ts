import { asksForAbsent, lifetimeOf, patternsOf } from "../../shared/contracts/airflow/filterFields.ts";
import type { RunsAsked } from "../../shared/contracts/dagRuns.ts";
import type { Range } from "../../shared/ports/filter.ts";
import type { RunOrder, RunsQuery } from "../../shared/ports/ledgerQueries.ts";
import { runOrderOf } from "./viewOfRun.ts";

/** What a list of runs is asked for, in the ledger's words. */
export function runsQueryOf(query: RunsAsked): RunsQuery {
  const { limit, offset, order_by, state, run_type } = query;
  return {
    ...{ limit, offset },
    ...(order_by ? { order: order_by.map(runOrderOf) } : {}),
    where: {
      ranges: rangesOf(query),
      one_of: {
        ...(state ? { state } : {}),
        ...(run_type ? { run_type } : {}),
        ...(asksForAbsent(query) ? { run_id: [] } : {}),
      },
      patterns: {
        run_id: patternsOf(query, "run_id"),
        dag_id: patternsOf(query, "dag_id"),
        conf: query.conf_contains === undefined ? [] : [{ any_of: [query.conf_contains], is_prefix: false }],
      },
    },
  };
}

function rangesOf(query: RunsAsked): Partial<Record<RunOrder, Range>> {
  const { start_date, end_date } = query;
  const ranges = lifetimeOf(query);
  return {
    ...ranges,
    started_at: { ...(start_date === undefined ? {} : { gte: start_date }), ...ranges.started_at },
    ended_at: { ...(end_date === undefined ? {} : { lte: end_date }), ...ranges.ended_at },
  };
}
