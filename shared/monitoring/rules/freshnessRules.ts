import { BASE_GRANULARITY_MS } from "../../domain/granularity.ts";
import { HOUR } from "../../domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../domain/instrument.ts";
import { LATE_BAR_AFTER_MS, STALE_AFTER_MS } from "../../domain/lateness.ts";
import { modelViews } from "../../features/views.ts";
import type { MetricRule } from "../metricRule.ts";
import { viewAgeRules } from "./viewAgeRules.ts";

/** Age of the newest bar when the one after it, collected within seconds of its close, has been missing for so long. */
const LATE_AGE_H = (BASE_GRANULARITY_MS + LATE_BAR_AFTER_MS) / HOUR;
const STALE_AGE_H = (BASE_GRANULARITY_MS + STALE_AFTER_MS) / HOUR;

/** Of ages: of data layer by layer, of pipelines, of sources and of models. */
export const FRESHNESS_RULES: Readonly<Record<string, MetricRule>> = {
  bar_age_h: {
    unit: "market hours",
    bad: "above",
    warning: LATE_AGE_H,
    breach: STALE_AGE_H,
    min_n: 0,
    reason:
      "A bar is an hour old when the next one ends, which is collected within seconds: it is 5 min late at the warning, as in GET /health. Breach: /predict answers 503 features_stale.",
  },
  // Of a view that has no line of its own below.
  ...viewAgeRules(modelViews({ instruments: DEFAULT_INSTRUMENTS })),
  market_features_age_h: {
    unit: "market hours",
    bad: "above",
    warning: LATE_AGE_H,
    breach: STALE_AGE_H,
    min_n: 0,
    reason:
      "As bars, of which they are built within seconds. Breach: ten minutes after the end of what they predict, /predict answers 503 features_stale.",
  },
  news_features_age_h: {
    unit: "hours",
    bad: "above",
    warning: 3,
    breach: 6,
    min_n: 0,
    reason: "features.md: TTL 6 h. A row comes every hour, with and without news: three are missing at the warning.",
  },
  silver_age_h: {
    unit: "market hours",
    bad: "above",
    warning: LATE_AGE_H,
    breach: STALE_AGE_H,
    min_n: 0,
    reason: "As bars, of which they are built within seconds: the oldest of the silver views.",
  },
  online_age_h: {
    unit: "market hours",
    bad: "above",
    warning: LATE_AGE_H,
    breach: STALE_AGE_H,
    min_n: 0,
    reason:
      "As market_features_age_h, of the row that the online store serves. Breach: /predict asks libSQL, and answers 503 features_stale where that has no newer one.",
  },
  pipeline_age_h: {
    unit: "market hours",
    bad: "above",
    warning: 2,
    breach: 6,
    min_n: 0,
    reason: "2: the plan's limit (original-system.md, section 7), of what runs every hour and more often. 6: the TTL of news features.",
  },
  news_source_age_h: {
    unit: "hours",
    bad: "above",
    warning: 1,
    breach: 6,
    min_n: 0,
    reason:
      "Sources are asked every 10 min, so six tries have failed at 1 h. 6 h: the TTL of news features, whose recent_sentiment_6h is then empty of it.",
  },
  model_age_d: {
    unit: "days",
    bad: "above",
    warning: 9,
    breach: 30,
    min_n: 0,
    reason:
      "Training is daily, and a model of 7 days is replaced by any sound one that is not worse (CHAMPION_MAX_AGE_DAYS): at 9, two candidates in a row were worse, refused or not trained. 30: about the span that drift is measured over.",
  },
};
