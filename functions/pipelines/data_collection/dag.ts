import { defineDag, defineTask } from "../../../shared/dag/dag.ts";
import { MINUTE, SECOND } from "../../../shared/domain/instant.ts";

/** News, and the safety net for candles: the bar of the hour comes with market_feature_pipeline, at its close. */
export const dataCollection = defineDag({
  dag_id: "data_collection",
  description: "Collects raw candles and news into bronze, and parses them into bars (per instrument) and articles (per source)",
  schedule: { cron: "*/10 * * * *", time_zone: "UTC", trigger_cron: "*/10 * * * *" },
  // A source that is down is asked again for some minutes; meanwhile the next collection takes what the others have.
  max_active_runs: 2,
  // The next collection fires then.
  deadline: { reference: "interval_end", after_ms: 10 * MINUTE },
  tasks: [
    // Five tries span about ten minutes, which is the next run: it collects from the last stored bar anyway.
    defineTask({
      task_id: "collect_candles",
      map_over: "instrument",
      retries: 4,
      retry_delay_ms: 15 * SECOND,
      max_retry_delay_ms: 5 * MINUTE,
      pool: "oanda",
    }),
    defineTask({ task_id: "validate_bronze", map_over: "instrument", upstream: ["collect_candles"] }),
    // One retry, after a minute; then the next collection, which finds the same and more. That a site is down is its source's trouble
    // (GET /api/news/sources) and fails no run. 4 min a slice: two slices that hang, and the minute between, end before the next run.
    defineTask({
      task_id: "collect_news",
      map_over: "source",
      retries: 1,
      retry_delay_ms: MINUTE,
      max_retry_delay_ms: MINUTE,
      timeout_ms: 4 * MINUTE,
      may_fail: true,
    }),
    // all_done: what a source gave before it failed is in bronze, and waits for no other run.
    defineTask({ task_id: "validate_news", map_over: "source", upstream: ["collect_news"], trigger_rule: "all_done" }),
  ],
});
