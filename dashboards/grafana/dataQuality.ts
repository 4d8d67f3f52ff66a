import type { Board, Placed } from "./board.ts";
import { aboveIsBad, limitOfAlert } from "./limits.ts";
import { bars, figures, heatmap, lines } from "./panels.ts";
import { ageOf, byInstrument, reading } from "./readings.ts";

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
      { title: "Which values are missing?", height: 12, panels: missing() },
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
        description: "From the end of the newest measured interval until now. Beyond the limit all figures here are old news.",
        unit: "s",
        queries: [{ expr: "fx_time_seconds - on() group_left() max(fx_check_measured_timestamp_seconds)", legend: "newest check" }],
        limits: aboveIsBad(null, limitOfAlert("MonitoringSilent")),
      }),
    ],
  ];
}

function freshness(): Placed[] {
  const of = (metric: string, title: string, words: string): Placed => [8, lines(ageOf("freshness", metric, title, words))];
  const feeds = reading("quality", "failing_feeds");
  return [
    of(
      "bar_age_h",
      "Age of the newest bar (bronze)",
      "In open market, from the end of the newest stored bar. Absent where prices are only imported.",
    ),
    of("silver_age_h", "Age of the newest row of silver", "In open market, of the oldest of the silver views."),
    of("market_features_age_h", "Age of the newest market features (gold)", "In open market."),
    of("online_age_h", "Age of the row that is served", "In open market, of the row in the online store."),
    of("news_features_age_h", "Age of the newest news features", "By the clock: news knows no weekend."),
    [
      8,
      lines({
        ...ageOf(
          "freshness",
          "pipeline_age_h",
          "Since a pipeline last succeeded",
          "In open market, from the end of the interval of its newest run that succeeded.",
        ),
        queries: [{ expr: reading("freshness", "pipeline_age_h").name, legend: "{{subject}}" }],
      }),
    ],
    [
      12,
      lines({
        ...ageOf(
          "freshness",
          "news_source_age_h",
          "Since a source of news answered well",
          "By the clock. A source that has never answered is absent, and unknown among the readings.",
        ),
        queries: [{ expr: reading("freshness", "news_source_age_h").name, legend: "{{subject}}" }],
      }),
    ],
    [
      12,
      lines({
        title: "Feeds that failed when last asked",
        description: `By source. ${feeds.reason}`,
        unit: "short",
        decimals: 0,
        queries: [{ expr: feeds.name, legend: "{{subject}}" }],
        min: 0,
      }),
    ],
  ];
}

function wholeness(): Placed[] {
  const [gaps, rejects, reasons] = [
    reading("quality", "bar_gap_share_30d"),
    reading("infrastructure", "bronze_reject_share_24h"),
    reading("quality", "rejects_24h"),
  ];
  const [bronze, silver, gold] = ["bronze", "silver", "gold"].map((layer) => reading("quality", `${layer}_violations_24h`));
  const lexicon = reading("quality", "lexicon_share_24h");
  return [
    [
      12,
      heatmap({
        title: "Schema by layer: rows of 24 hours that are not as it has them",
        description: `Silver and gold: rows that are stored. A cell is good without one. Bronze is refused before it is stored: the panels beside and below. ${silver!.reason}`,
        unit: "short",
        decimals: 0,
        queries: [
          { expr: silver!.expr, legend: "{{instrument}} silver" },
          { expr: gold!.expr, legend: "{{instrument}} gold" },
        ],
        limits: silver!.limits,
      }),
    ],
    [
      12,
      lines({
        title: "Gaps against the trading calendar",
        description: `Share of the open hours of 30 days without a bar, since the first bar. ${gaps.reason}`,
        unit: "percentunit",
        queries: byInstrument(gaps),
        limits: gaps.limits,
        min: 0,
      }),
    ],
    [
      6,
      lines({
        title: "Candles refused",
        description: `Share of the lines of candles of 24 hours that are no bar (bronze). Absent with fewer than 100 lines. ${rejects.reason}`,
        unit: "percentunit",
        queries: [{ expr: rejects.name, legend: "{{subject}}" }],
        limits: rejects.limits,
        min: 0,
      }),
    ],
    [
      6,
      lines({
        title: "Refused by instrument (bronze)",
        description: `Lines of 24 hours that are not as the schema of candles has them. ${bronze!.reason}`,
        unit: "short",
        decimals: 0,
        queries: [{ expr: bronze!.expr, legend: "{{instrument}}" }],
        min: 0,
      }),
    ],
    [
      6,
      figures({
        title: "Refused by reason",
        description: `Lines of candles of 24 hours, of all instruments. No data: none was refused. ${reasons.reason}`,
        unit: "short",
        queries: [{ expr: reasons.name, legend: "{{subject}}" }],
      }),
    ],
    [
      6,
      lines({
        title: "Articles that the lexicon read",
        description: `Share of the articles of 24 hours. ${lexicon.reason}`,
        unit: "percentunit",
        queries: [{ expr: lexicon.name, legend: "lexicon" }],
        min: 0,
        max: 1,
      }),
    ],
  ];
}

function missing(): Placed[] {
  const [share, rise, newly] = [
    reading("features", "missing_share"),
    reading("drift", "missing_rise"),
    reading("quality", "newly_missing"),
  ];
  return [
    [
      12,
      heatmap({
        title: "Share of values that are missing, by feature",
        description: `Of four weeks of rows; the thirty features with the most. A feature that misses nothing, now and in training, has no row. ${share.reason}`,
        unit: "percentunit",
        queries: [{ expr: `topk(30, ${share.expr})`, legend: "{{subject}}" }],
        shades: true,
        min: 0,
        max: 1,
      }),
    ],
    [
      6,
      lines({
        title: "Missing more than in training",
        description: `Of the feature in which the share rose most. ${rise.reason}`,
        unit: "percentunit",
        queries: byInstrument(rise),
        limits: rise.limits,
        min: 0,
      }),
    ],
    [
      6,
      figures({
        title: "Features newly missing",
        description: `Missing in a prediction of the last 24 hours and never in the training set; fx alerts and the reading's details have their names. ${newly.reason}`,
        unit: "short",
        queries: byInstrument(newly),
        limits: newly.limits,
      }),
    ],
  ];
}

function drift(): Placed[] {
  const [median, excess, kl, psi] = [
    reading("drift", "psi_median"),
    reading("drift", "psi_excess"),
    reading("drift", "kl_median"),
    reading("features", "psi"),
  ];
  return [
    [
      8,
      lines({
        title: "Drift of the median feature",
        description: `Population stability index of four weeks against the training set's deciles. Absent below two weeks of rows: on few rows a large index is no drift. ${median.reason}`,
        unit: "none",
        decimals: 3,
        queries: byInstrument(median),
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
        queries: byInstrument(excess),
        limits: excess.limits,
        min: 0,
      }),
    ],
    [
      8,
      lines({
        title: "Divergence of the median feature from training (nats)",
        description: `Kullback-Leibler, by which psi_median is judged with the opposite one. ${kl.reason}`,
        unit: "none",
        decimals: 3,
        queries: byInstrument(kl),
        min: 0,
      }),
    ],
    [
      24,
      bars({
        title: "The ten features that have drifted most (PSI)",
        description: `Of the instruments that are chosen. ${psi.reason}`,
        unit: "none",
        decimals: 2,
        queries: [{ expr: `topk(10, ${psi.expr})`, legend: "{{subject}}" }],
        min: 0,
      }),
    ],
  ];
}
