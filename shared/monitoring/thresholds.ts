import { BASE_GRANULARITY_MS } from "../domain/granularity.ts";
import { HOUR, SECOND } from "../domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../domain/instrument.ts";
import { LATE_BAR_AFTER_MS, STALE_AFTER_MS } from "../domain/lateness.ts";
import { AppError } from "../errors.ts";
import { modelViews } from "../features/views.ts";
import type { MetricRule } from "./metricRule.ts";
import { FEATURE_RULES, QUALITY_RULES } from "./qualityRules.ts";
import type { Check } from "./reading.ts";
import { RULE_TRADING_RULES } from "./ruleTradingRules.ts";
import { viewAgeRules } from "./viewAgeRules.ts";
import { WINDOW_RULES } from "./windowRules.ts";

/** Mean of a paired difference or a proportion: from here on the normal approximation holds, and accuracy is known to +- 10 points. */
const MIN_FORECASTS = 100;
/** Trades for a mean with an interval, by the same reasoning as MIN_FORECASTS with the wider spread of a first look. */
const MIN_TRADES = 30;
/** Two weeks of hourly bars: with ten bins, no drift at all then gives a PSI of 9/240 = 0.04, well below the 0.1 that is judged. */
const MIN_DRIFT_ROWS = 240;

/** Half a week of open market since the first prediction. */
const MIN_WEEK_HOURS = 60;

const SHOWN = { bad: "none", warning: null, breach: null } as const;

/** Age of the newest bar when the one after it, collected within seconds of its close, has been missing for so long. */
const LATE_AGE_H = (BASE_GRANULARITY_MS + LATE_BAR_AFTER_MS) / HOUR;
const STALE_AGE_H = (BASE_GRANULARITY_MS + STALE_AFTER_MS) / HOUR;

/** From a cron's minute to the moment that Cloudflare fires it, at most; and what the pipeline may take from then on. */
const CRON_DELAY_S = 60;
const SERVE_WITHIN_S = 15;

/** Every metric and its limits: one table, with the source of each. */
export const METRIC_RULES: Readonly<Record<Check, Readonly<Record<string, MetricRule>>>> = {
  freshness: {
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
  },
  quality: QUALITY_RULES,
  features: FEATURE_RULES,
  drift: {
    psi_median: {
      unit: "PSI",
      bad: "above",
      warning: 0.1,
      breach: 0.25,
      min_n: MIN_DRIFT_ROWS,
      reason:
        "0.1 moderate and 0.25 large shift, the convention (Siddiqi 2006), here of the model's median feature: on four years of EUR_USD and USD_JPY it was 0.03 to 0.12, while the largest one was never below 0.6 (volatility has regimes longer than four weeks).",
    },
    psi_excess: {
      unit: "ratio",
      bad: "above",
      warning: 2,
      breach: 4,
      min_n: MIN_DRIFT_ROWS,
      reason:
        "The worst feature's PSI over the larger of 0.25 and what earlier four weeks of its training set make usual (usualPsi in referenceProfile.ts): at least the most that they reached, at most twice that. Over that most alone it was above 2 once (2.4) in 108 windows of four years of EUR_USD and USD_JPY, and a feature stuck at 0 gave 6 to 24: at least 3 here. In 84 windows of the sandbox's markets, news features among them, it was 1.8 at most.",
    },
    kl_median: {
      ...SHOWN,
      unit: "nats",
      min_n: MIN_DRIFT_ROWS,
      reason: "Shown: half of psi_median where little has changed, by which it is judged.",
    },
    prediction_kl: {
      unit: "nats",
      bad: "above",
      warning: 0.1,
      breach: null,
      min_n: MIN_DRIFT_ROWS,
      reason:
        "0.1: the plan's limit (original-system.md, section 7), and only where it lies below the bootstrap's interval: on 480 rows a divergence of 0.01 is chance.",
    },
    importance_rank: {
      unit: "rank correlation",
      bad: "below",
      warning: 0.2,
      breach: null,
      min_n: 10,
      reason:
        "0.24 was measured where two models share no row (importanceRankCheck.ts), 0.7 and more over a week: below, what the model goes by is another thing.",
    },
    missing_rise: {
      unit: "share",
      bad: "above",
      warning: 0.05,
      breach: 0.2,
      min_n: MIN_DRIFT_ROWS,
      reason:
        "0.2: the original system's limit of missing values; 0.05: Evidently's default. Counted beyond the share in the training set, where warm-up and closed legs are missing too.",
    },
  },
  performance: {
    log_loss_minus_base: {
      unit: "nats",
      bad: "above",
      warning: 0,
      breach: 0.02,
      min_n: MIN_FORECASTS,
      reason:
        "Above 0 a constant (the base rate of the training set) would serve better. 0.02 nats is what saying 60 % costs where 50 % is true.",
    },
    log_loss: {
      unit: "nats",
      bad: "above",
      warning: Math.LN2,
      breach: null,
      min_n: MIN_FORECASTS,
      reason: "ln 2: a coin. Judged in earnest against the base rate, pair by pair, in log_loss_minus_base.",
    },
    brier: {
      unit: "squared probability",
      bad: "above",
      warning: 0.25,
      breach: null,
      min_n: MIN_FORECASTS,
      reason: "0.25: a coin, as ln 2 of log_loss.",
    },
    accuracy: {
      unit: "share",
      bad: "below",
      warning: 0.5,
      breach: 0.45,
      min_n: MIN_FORECASTS,
      reason: "0.5: a coin. 0.45: the mirror of 0.55, beyond which an accuracy is taken for a leak: an inverted sign.",
    },
    calibration_in_the_large: {
      unit: "probability",
      bad: "away_from_zero",
      warning: 0,
      breach: 0.05,
      min_n: MIN_FORECASTS,
      reason:
        "Mean probability minus the share that rose is 0 for a calibrated model. 0.05: as far as the highest accuracy that is believed lies from a coin.",
    },
    ...WINDOW_RULES,
    interval_coverage_30d: { ...SHOWN, unit: "share", min_n: MIN_FORECASTS, reason: "Shown: judged as coverage_gap_30d." },
    coverage_gap_30d: {
      unit: "share",
      bad: "away_from_zero",
      warning: 0.05,
      breach: null,
      min_n: MIN_FORECASTS,
      reason: "Coverage minus the level that the intervals are made for. 0.05: half of what an interval of 90 % is made to miss.",
    },
    forecast_share_7d: {
      unit: "share",
      bad: "below",
      warning: 0.9,
      breach: null,
      min_n: MIN_WEEK_HOURS,
      reason:
        "Hours that the pipeline predicted in time. About one hour in a hundred has no trade; at 0.9 half a day of a week is missing, and what is measured is of the rest.",
    },
  },
  business: {
    net_return_bp: {
      unit: "bp a trade",
      bad: "below",
      warning: 0,
      breach: -2.4,
      min_n: MIN_TRADES,
      reason:
        "Below 0 the trades lose after costs. -2.4 bp: what the original system lost an hourly trade with no skill at all (original-system.md, section 6).",
    },
    hit_rate: {
      unit: "share",
      bad: "below",
      warning: 0.5,
      breach: null,
      min_n: MIN_TRADES,
      reason: "Hourly gains and losses are about as large as one another: less than half of them won is a loss.",
    },
    turnover_per_day: { ...SHOWN, unit: "round trips a market day", min_n: 1, reason: "Shown: what costs are paid on." },
    max_drawdown_bp: {
      unit: "bp",
      bad: "above",
      warning: 500,
      breach: 1_500,
      min_n: MIN_TRADES,
      reason:
        "1,500 bp: the plan's limit of 15 % (original-system.md, section 7); a third of it to look at. Of a position of one unit, without leverage.",
    },
    ...RULE_TRADING_RULES,
  },
  infrastructure: {
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
      reason: "A task has failed after its retries until somebody clears it. More than 10: more than every instrument of one run.",
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
  },
};

/** `further`: of metrics that follow what an installation builds. */
export function ruleOf(check: Check, metric: string, further: Readonly<Record<string, MetricRule>> = {}): MetricRule {
  const rule = METRIC_RULES[check][metric] ?? further[metric];
  if (rule) return rule;
  throw new AppError("internal", `${check}.${metric} has no rule: add it to shared/monitoring/thresholds.ts`);
}
