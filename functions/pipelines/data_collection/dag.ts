import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { MINUTE, SECOND } from "../../../shared/domain/instant.ts";
import { collectCandles } from "./collectCandles.ts";
import { collectNews } from "./collectNews.ts";
import { validateBronze } from "./validateBronze.ts";
import { validateNews } from "./validateNews.ts";

/** News, and the safety net for candles: the bar of the hour comes with market_feature_pipeline, at its close. */
export const dataCollection = defineDag({
  dag_id: "data_collection",
  description: "Collects raw candles and news into bronze, and parses them into bars (per instrument) and articles (per source)",
  defined_in: "functions/pipelines/data_collection/dag.ts",
  schedule: {
    cron: "*/10 * * * *",
    reason: "News six times an hour; and a bar that its close did not bring, from a source that was away, at most ten minutes later.",
  },
  // A source that is down is asked again for some minutes; meanwhile the next collection takes what the others have.
  max_active_runs: 2,
  // The next collection fires then.
  deadline: { reference: "interval_end", after_ms: 10 * MINUTE },
  tasks: [
    // Five tries span about ten minutes, which is the next run: it collects from the last stored bar anyway.
    task(collectCandles, {
      map_over: "instrument",
      retries: 4,
      retry_delay_ms: 15 * SECOND,
      max_retry_delay_ms: 5 * MINUTE,
      pool: "oanda",
    }),
    task(validateBronze, { map_over: "instrument", upstream: [collectCandles] }),
    // One retry, after a minute; then the next collection, which finds the same and more. That a site is down is its source's trouble
    // (GET /api/news/sources) and fails no run. 4 min a slice: two slices that hang, and the minute between, end before the next run.
    task(collectNews, {
      map_over: "source",
      retries: 1,
      retry_delay_ms: MINUTE,
      max_retry_delay_ms: MINUTE,
      timeout_ms: 4 * MINUTE,
      may_fail: true,
    }),
    // all_done: what a source gave before it failed is in bronze, and waits for no other run.
    task(validateNews, { map_over: "source", upstream: [collectNews], trigger_rule: "all_done" }),
  ],
});
