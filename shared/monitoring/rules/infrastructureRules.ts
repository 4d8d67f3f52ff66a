import { SECOND } from "../../domain/instant.ts";
import { STALE_AFTER_MS } from "../../domain/lateness.ts";
import type { MetricRule } from "../metricRule.ts";

/** From a cron's minute to the moment that Cloudflare fires it, at most; and what the pipeline may take from then on. */
const CRON_DELAY_S = 60;
const SERVE_WITHIN_S = 15;

/** Of what the platform runs on: its lags, components, tasks and messages. */
export const INFRASTRUCTURE_RULES: Readonly<Record<string, MetricRule>> = {
  close_to_served_s: {
    unit: "s",
    bad: "above",
    warning: CRON_DELAY_S + SERVE_WITHIN_S,
    breach: STALE_AFTER_MS / SECOND,
    min_n: 0,
    reason:
      "95 % of the newest 24 closes: from a bar's close to its row in the online store. Cloudflare fires a cron within its minute, and the rest is done in 15 s. Breach: /predict answers 503 features_stale before.",
  },
  run_to_served_s: {
    unit: "s",
    bad: "above",
    warning: SERVE_WITHIN_S,
    breach: CRON_DELAY_S + SERVE_WITHIN_S,
    min_n: 0,
    reason:
      "As close_to_served_s, from when the cron made the run: the pipeline's own part, and all of it on one machine, whose ticker fires on the second.",
  },
  reachable: {
    unit: "0 or 1",
    bad: "below",
    warning: 0.5,
    breach: null,
    min_n: 0,
    reason: "0: it did not answer. /predict goes on without any one of them (see When things break), so it is a warning.",
  },
  can_train: {
    unit: "0 or 1",
    bad: "below",
    warning: 0.5,
    breach: null,
    min_n: 0,
    reason: "0: the sidecar says that it cannot train; models grow old.",
  },
  reads_news_as_configured: {
    unit: "0 or 1",
    bad: "below",
    warning: 0.5,
    breach: null,
    min_n: 0,
    reason: "0: a model is configured and the lexicon reads in its place; articles are marked so, and read again later.",
  },
  failed_tasks_24h: {
    unit: "tasks",
    bad: "above",
    warning: 0,
    breach: 10,
    min_n: 0,
    reason:
      "A task has failed after its retries until somebody clears it; not one that may, as collecting of a news site that is down: news_source_age_h tells of that. More than 10: more than every instrument of one run.",
  },
  failed_runs_24h: {
    unit: "runs",
    bad: "above",
    warning: 0,
    breach: 3,
    min_n: 0,
    reason: "As tasks; four runs of a day are no accident of one interval.",
  },
  missed_runs_24h: {
    unit: "gaps",
    bad: "above",
    warning: 0,
    breach: null,
    min_n: 0,
    reason:
      "Intervals of a schedule that never got a run, found in the last day and not made up for: fx runs names the command that makes one.",
  },
  oldest_undelivered_callback_min: {
    unit: "minutes",
    bad: "above",
    warning: 10,
    breach: 60,
    min_n: 0,
    reason:
      "Delivery is tried every minute, then after 1, 2, 4, ... up to 60 minutes: at 10 it has failed four times, at 60 nobody hears of anything.",
  },
  dead_letters: {
    unit: "messages",
    bad: "above",
    warning: 0,
    breach: null,
    min_n: 0,
    reason: "Each waits for a person: corrected, replayed, or left.",
  },
  ledger_lag_min: {
    unit: "minutes",
    bad: "above",
    warning: 5,
    breach: 15,
    min_n: 0,
    reason: "The sweep finds due work every minute. 15: one interval of this DAG, more than one of data_collection.",
  },
  bronze_reject_share_24h: {
    unit: "share",
    bad: "above",
    warning: 0.01,
    breach: 0.05,
    min_n: 100,
    reason:
      "0.05: the original system's limit of outliers. OANDA's hourly candles gave none in 4,689; a source that changes its shape gives all.",
  },
};
