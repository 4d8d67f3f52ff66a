import type { Board, Placed } from "./board.ts";
import { aboveIsBad, limitOfAlert } from "./limits.ts";
import { figures, lines } from "./panels.ts";
import { reading } from "./readings.ts";

/** Is what the models are given fresh, whole, and as it was in training? */
export function dataQuality(): Board {
  return {
    uid: "fx-data-quality",
    title: "FX: Data Quality",
    description:
      "Whether what the models are given is fresh, whole, and as it was in training. Measured every 15 minutes by the DAG monitoring.",
    rows: [
      { title: "What is wrong", height: 5, panels: overview() },
      { title: "Is it fresh?", height: 8, panels: freshness() },
      { title: "Is it whole?", height: 8, panels: wholeness() },
      { title: "Is it as in training?", height: 8, panels: drift() },
    ],
  };
}

function overview(): Placed[] {
  return [
    [
      8,
      figures({
        title: "Readings by status",
        description:
          "Newest readings of all checks. unknown: too few observations, or nothing to measure: it is not ok, and nobody may take it for that. The limits are those of shared/monitoring/thresholds.ts.",
        unit: "short",
        queries: [{ expr: "sum by (status) (fx_readings)", legend: "{{status}}" }],
      }),
    ],
    [
      8,
      figures({
        title: "Alerts that fire",
        description:
          "Bad in two runs of the monitoring in a row, and not well since. 0 is said only where readings are told; without them there is no data.",
        unit: "short",
        queries: [{ expr: "sum(fx_alert_firing) or 0 * sum(fx_readings)", legend: "alerts" }],
        limits: aboveIsBad(0, null),
      }),
    ],
    [
      8,
      figures({
        title: "Since it was measured",
        description: "From the end of the newest measured interval until now, by check. Above the limit all figures here are old news.",
        unit: "s",
        queries: [
          { expr: "fx_time_seconds - on() group_right() max by (check) (fx_check_measured_timestamp_seconds)", legend: "{{check}}" },
        ],
        limits: aboveIsBad(null, limitOfAlert("MonitoringSilent")),
      }),
    ],
  ];
}

function freshness(): Placed[] {
  const [bars, market, news, sources] = [
    reading("freshness", "bar_age_h"),
    reading("freshness", "market_features_age_h"),
    reading("freshness", "news_features_age_h"),
    reading("freshness", "news_source_age_h"),
  ];
  return [
    [
      12,
      lines({
        title: "Age of the newest bar (bronze)",
        description: `In hours of open market, as seconds: weekends and holidays do not count. Absent where prices are only imported. ${bars.reason}`,
        unit: "s",
        queries: [{ expr: bars.expr, legend: "{{instrument}}" }],
        limits: bars.limits,
        min: 0,
      }),
    ],
    [
      12,
      lines({
        title: "Age of the newest market features (gold)",
        description: `In hours of open market, as seconds. ${market.reason}`,
        unit: "s",
        queries: [{ expr: market.expr, legend: "{{instrument}}" }],
        limits: market.limits,
        min: 0,
      }),
    ],
    [
      12,
      lines({
        title: "Age of the newest news features",
        description: `By the clock: news knows no weekend. ${news.reason}`,
        unit: "s",
        queries: [{ expr: news.expr, legend: "{{instrument}}" }],
        limits: news.limits,
        min: 0,
      }),
    ],
    [
      12,
      lines({
        title: "Since a source of news answered well",
        description: `By the clock, by source; one that has never answered is absent, and unknown among the readings. ${sources.reason}`,
        unit: "s",
        queries: [{ expr: sources.name, legend: "{{subject}}" }],
        limits: sources.limits,
        min: 0,
      }),
    ],
  ];
}

function wholeness(): Placed[] {
  const rejects = reading("infrastructure", "bronze_reject_share_24h");
  return [
    [
      12,
      lines({
        title: "Candles refused",
        description: `Share of the lines of candles of 24 hours that are no bar, as their schema has it. Absent with fewer than 100 lines. ${rejects.reason}`,
        unit: "percentunit",
        queries: [{ expr: rejects.name, legend: "{{subject}}" }],
        limits: rejects.limits,
        min: 0,
      }),
    ],
  ];
}

function drift(): Placed[] {
  const [median, excess, missing] = [reading("drift", "psi_median"), reading("drift", "psi_excess"), reading("drift", "missing_rise")];
  return [
    [
      8,
      lines({
        title: "Drift of the median feature",
        description: `Population stability index of four weeks against the training set's deciles. Absent below two weeks of rows: on few rows a large index is no drift. ${median.reason}`,
        unit: "none",
        decimals: 3,
        queries: [{ expr: median.expr, legend: "{{instrument}}" }],
        limits: median.limits,
        min: 0,
      }),
    ],
    [
      8,
      lines({
        title: "Drift of the worst feature over what is usual of it",
        description: `Absent where the training set holds too few earlier weeks to tell what is usual. ${excess.reason}`,
        unit: "none",
        decimals: 2,
        queries: [{ expr: excess.expr, legend: "{{instrument}}" }],
        limits: excess.limits,
        min: 0,
      }),
    ],
    [
      8,
      lines({
        title: "Values missing more than in training",
        description: `Of the feature in which the share rose most. ${missing.reason}`,
        unit: "percentunit",
        queries: [{ expr: missing.expr, legend: "{{instrument}}" }],
        limits: missing.limits,
        min: 0,
      }),
    ],
  ];
}
