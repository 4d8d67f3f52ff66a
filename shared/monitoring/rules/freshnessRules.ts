import { BASE_GRANULARITY_MS } from "../../domain/granularity.ts";
import { HOUR } from "../../domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../domain/instrument.ts";
import { STALE_AFTER_MS } from "../../domain/lateness.ts";
import { modelViews } from "../../features/views.ts";
import type { MetricRule } from "../metricRule.ts";
import { viewAgeRules } from "./viewAgeRules.ts";

/**
 * Age of the newest bar beyond which more is missing than one bar. One alone calls nobody: about one hour in five hundred has no trade, and so no bar, and
 * the one before is two hours old when the next has closed. A source that fails is told of at once by the tasks that ask it.
 */
const LATE_AGE_H = (2 * BASE_GRANULARITY_MS) / HOUR;
/** And when the second one that is missing is late by what serving waits for. */
const STALE_AGE_H = (2 * BASE_GRANULARITY_MS + STALE_AFTER_MS) / HOUR;

/** Of ages: of data layer by layer, of pipelines, of sources and of models. */
export const FRESHNESS_RULES: Readonly<Record<string, MetricRule>> = {
  bar_age_h: {
    unit: "market hours",
    bad: "above",
    warning: LATE_AGE_H,
    breach: STALE_AGE_H,
    min_n: 0,
    reason:
      "2: the plan's limit. A bar is an hour old when the next one ends, which is collected within seconds, and two where an hour had no trade, which has no bar. Breach: two in a row are missing; /predict answers 503 features_stale since the first.",
  },
  // Of a view that has no line of its own below.
  ...viewAgeRules(modelViews({ instruments: DEFAULT_INSTRUMENTS })),
  market_features_age_h: {
    unit: "market hours",
    bad: "above",
    warning: LATE_AGE_H,
    breach: STALE_AGE_H,
    min_n: 0,
    reason: "As bars, of which they are built within seconds.",
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
      "As market_features_age_h, of the row that the online store serves: where it is behind, /predict asks libSQL, and answers 503 features_stale where that has no newer one.",
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
