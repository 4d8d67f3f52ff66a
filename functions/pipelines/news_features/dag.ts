import { defineDag, defineTask } from "../../../shared/dag/dag.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";

export const newsFeaturePipeline = defineDag({
  dag_id: "news_feature_pipeline",
  description: "Has FinGPT read new articles, and builds silver per article and hourly gold news features per instrument",
  schedule: { cron: "*/30 * * * *", time_zone: "UTC", trigger_cron: "*/30 * * * *" },
  // One that scores a flood of articles must not hold up the next hour's rows; the pool keeps the two from scoring at once.
  max_active_runs: 2,
  // The next run fires then.
  deadline: { reference: "interval_end", after_ms: 30 * MINUTE },
  tasks: [
    defineTask({
      task_id: "wait_for_articles",
      sensor: { poke_interval_ms: MINUTE, timeout_ms: 10 * MINUTE, soft_fail: true },
    }),
    // A sidecar that is away is no failure: the step falls back on the lexicon, and says so. What is left are the store and itself.
    defineTask({
      task_id: "score_articles",
      upstream: ["wait_for_articles"],
      retries: 5,
      retry_delay_ms: 30_000,
      max_retry_delay_ms: HOUR / 4,
      pool: "sidecar_sentiment",
    }),
    defineTask({ task_id: "build_news_silver", upstream: ["score_articles"] }),
    // none_failed: an hour without news has its row too, or there would be no features to predict with.
    defineTask({ task_id: "build_news_gold", map_over: "instrument", upstream: ["build_news_silver"], trigger_rule: "none_failed" }),
    defineTask({ task_id: "materialize_news", map_over: "instrument", upstream: ["build_news_gold"] }),
  ],
});
