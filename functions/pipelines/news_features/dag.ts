import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { buildNewsGold } from "./buildNewsGold.ts";
import { buildNewsSilver } from "./buildNewsSilver.ts";
import { materializeNews } from "./materializeNews.ts";
import { scoreArticles } from "./scoreArticles.ts";
import { waitForArticles } from "./waitForArticles.ts";

export const newsFeaturePipeline = defineDag({
  dag_id: "news_feature_pipeline",
  description: "Has FinGPT read new articles, and builds silver per article and hourly gold news features per instrument",
  defined_in: "functions/pipelines/news_features/dag.ts",
  schedule: {
    cron: "*/30 * * * *",
    reason: "What was known by the hour is in the hour's row, which the next prediction reads; articles are read twice an hour.",
  },
  // One that scores a flood of articles must not hold up the next hour's rows; the pool keeps the two from scoring at once.
  max_active_runs: 2,
  // The next run fires then.
  deadline: { reference: "interval_end", after_ms: 30 * MINUTE },
  tasks: [
    task(waitForArticles, {
      sensor: { poke_interval_ms: MINUTE, timeout_ms: 10 * MINUTE, soft_fail: true },
    }),
    // A sidecar that is away is no failure: the step falls back on the lexicon, and says so. What is left are the store and itself.
    task(scoreArticles, {
      upstream: [waitForArticles],
      retries: 5,
      retry_delay_ms: 30_000,
      max_retry_delay_ms: HOUR / 4,
      pool: "sidecar_sentiment",
    }),
    task(buildNewsSilver, { upstream: [scoreArticles] }),
    // none_failed: an hour without news has its row too, or there would be no features to predict with.
    task(buildNewsGold, { map_over: "instrument", upstream: [buildNewsSilver], trigger_rule: "none_failed", pool: "wide" }),
    task(materializeNews, { map_over: "instrument", upstream: [buildNewsGold] }),
  ],
});
