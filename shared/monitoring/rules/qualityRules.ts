import { type MetricRule, SHOWN } from "../metricRule.ts";

/** Of data as it lies in the store: whether it is whole, and as its schema has it. */
export const QUALITY_RULES: Readonly<Record<string, MetricRule>> = {
  bar_gap_share_30d: {
    unit: "share",
    bad: "above",
    warning: 0.05,
    breach: 0.2,
    min_n: 100,
    reason:
      "Open hours by the calendar without a bar. About one in a hundred has no trade; at 0.05 a whole day of a month is missing, and 0.2 is the original system's limit of missing values.",
  },
  bronze_violations_24h: { ...SHOWN, unit: "lines", min_n: 0, reason: "Shown: judged by their share, in bronze_reject_share_24h." },
  silver_violations_24h: {
    unit: "rows",
    bad: "above",
    warning: 0,
    breach: 12,
    min_n: 1,
    reason:
      "A row is checked before it is written: one that is not as its schema has it was written by something else. 12: half a day of them.",
  },
  gold_violations_24h: {
    unit: "rows",
    bad: "above",
    warning: 0,
    breach: 12,
    min_n: 1,
    reason: "As silver_violations_24h, of the rows that models read.",
  },
  rejects_24h: { ...SHOWN, unit: "lines", min_n: 0, reason: "Shown: by reason, what bronze_reject_share_24h is of." },
  failing_feeds: { ...SHOWN, unit: "feeds", min_n: 0, reason: "Shown: one failure is a hiccup. Judged by news_source_age_h." },
  lexicon_share_24h: {
    ...SHOWN,
    unit: "share",
    min_n: 1,
    reason:
      "Shown: all of it where no model is configured. That the lexicon reads in a model's place is judged by reads_news_as_configured.",
  },
  newly_missing: {
    unit: "features",
    bad: "above",
    warning: 0,
    breach: null,
    min_n: 1,
    reason:
      "XGBoost sends what is missing to the right where training saw none missing: it says something, and has learnt nothing of it (surprises.md).",
  },
};

/** Of each feature of the model in Production. */
export const FEATURE_RULES: Readonly<Record<string, MetricRule>> = {
  psi: {
    ...SHOWN,
    unit: "PSI",
    min_n: 240,
    reason: "Shown: one of eighty is always far off. Judged together, in psi_median and psi_excess.",
  },
  missing_share: { ...SHOWN, unit: "share", min_n: 1, reason: "Shown: judged as missing_rise, against what was missing in training." },
};
