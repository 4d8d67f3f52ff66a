import type { Board, Placed } from "./board.ts";
import { band, figures, gauge, lines, points, table } from "./panels.ts";
import { byInstrument, OF_CHOSEN, ofEach, reading, withInterval } from "./readings.ts";

const SETTLED = "Of settled predictions of the pipeline's own, one a bar.";
const OUTSIDE = `${SETTLED} Outside the rollover.`;

/** Did what was predicted come true, and was it worth more than what needs no model? */
export function modelPerformance(): Board {
  return {
    uid: "fx-model-performance",
    title: "FX: Model Performance",
    description:
      "Whether what was predicted came true, with intervals: an hourly direction is nearly a coin, and figures of a few hundred hours are mostly chance.",
    rows: [
      { title: "Accuracy beside what needs no model", height: 7, panels: accuracies() },
      { title: "Accuracy over time", height: 7, panels: accuracyOverTime() },
      { title: "Probabilities", height: 8, panels: probabilities() },
      { title: "Calibration and intervals", height: 8, panels: calibration() },
      { title: "The model", height: 7, panels: models() },
    ],
  };
}

function accuracyTable(span: "7d" | "30d", words: string): Placed {
  const [accuracy, baseline] = [reading("performance", `accuracy_${span}`), reading("performance", `baseline_accuracy_${span}`)];
  return [
    12,
    table({
      title: `Accuracy of ${words}, with its 95 % interval`,
      description: `${OUTSIDE} Beside it the better of majority and momentum on the same hours. An interval that holds the baseline or 50 % shows no skill, whatever the figure.`,
      unit: "percentunit",
      decimals: 1,
      queries: [...withInterval(accuracy, "accuracy"), { expr: ofEach(baseline.expr), legend: "baseline" }],
    }),
  ];
}

function accuracies(): Placed[] {
  return [accuracyTable("7d", "7 days"), accuracyTable("30d", "30 days")];
}

function accuracyOverTime(): Placed[] {
  const [accuracy, baseline] = [reading("performance", "accuracy_30d"), reading("performance", "baseline_accuracy_30d")];
  const each = band({
    title: "Accuracy of $instrument over 30 days",
    description: `${OUTSIDE} At each moment of the 30 days before it, with its 95 % interval as a band: where the band holds the baseline no skill is to be seen.`,
    unit: "percentunit",
    decimals: 1,
    queries: [
      { expr: accuracy.expr, legend: "accuracy" },
      { expr: accuracy.low, legend: "low" },
      { expr: accuracy.high, legend: "high" },
      { expr: baseline.expr, legend: "baseline" },
    ],
  });
  return [[24, each.repeat("instrument").repeatDirection("h").maxPerRow(3)]];
}

function probabilities(): Placed[] {
  const [brier, skill, drop] = [
    reading("performance", "brier"),
    reading("performance", "log_loss_minus_base"),
    reading("performance", "accuracy_drop_30d"),
  ];
  return [
    [
      8,
      gauge({
        title: "Brier score",
        description: `${SETTLED} Mean squared error of the probability over four weeks: 0 is perfect, 0.25 a coin that says 50 %. ${brier.reason}`,
        unit: "none",
        decimals: 4,
        queries: byInstrument(brier),
        limits: brier.limits,
        min: 0.2,
        max: 0.3,
      }),
    ],
    [
      8,
      table({
        title: "Log loss minus that of the base rate (nats)",
        description: `${SETTLED} Of four weeks, with its 95 % interval. Below 0 the model says more than a constant made of its training set; the alert wants it above 0 by three standard errors. ${skill.reason}`,
        unit: "none",
        decimals: 4,
        queries: withInterval(skill, "difference"),
      }),
    ],
    [
      8,
      lines({
        title: "Accuracy below what the model's card claims",
        description: `${OUTSIDE} Relative, of 30 days: (claimed - live) / claimed. It is bad beyond the limit and where its interval leaves out 0. ${drop.reason}`,
        unit: "percentunit",
        decimals: 1,
        queries: byInstrument(drop),
        limits: drop.limits,
      }),
    ],
  ];
}

function calibration(): Placed[] {
  const [ece, large, coverage] = [
    reading("performance", "ece_30d"),
    reading("performance", "calibration_in_the_large"),
    reading("performance", "coverage_gap_30d"),
  ];
  return [
    [
      12,
      points({
        title: "Calibration curve of 30 days",
        description: `${OUTSIDE} In up to ten bins of equal mass an instrument: the share that rose over the probability that was said. Points of a calibrated model lie on those of "calibrated", but for chance: of 45 predictions a bin they stray by 15 points, one bin in twenty by more.`,
        unit: "percentunit",
        decimals: 1,
        queries: [
          { expr: curve("predicted"), legend: "said" },
          { expr: curve("observed"), legend: "came" },
          { expr: curve("predicted"), legend: "calibrated" },
        ],
      }),
    ],
    [
      12,
      lines({
        title: "Mean probability minus the share that rose",
        description: `${SETTLED} Of four weeks; 0 for a model that is calibrated in the large. ${large.reason}`,
        unit: "percentunit",
        decimals: 2,
        queries: byInstrument(large),
        limits: large.limits,
      }),
    ],
    [
      12,
      lines({
        title: "Expected calibration error",
        description: `${OUTSIDE} Of 30 days, in ten bins of equal mass: the mean distance of the curve from the diagonal. It is never below 0, and of a calibrated model as large as chance makes it. ${ece.reason}`,
        unit: "percentunit",
        decimals: 2,
        queries: byInstrument(ece),
        min: 0,
      }),
    ],
    [
      12,
      lines({
        title: "Returns within the predicted interval, minus its level",
        description: `${SETTLED} Of 30 days; 0 where intervals of 90 % hold 90 % of the returns. ${coverage.reason}`,
        unit: "percentunit",
        decimals: 1,
        queries: byInstrument(coverage),
        limits: coverage.limits,
      }),
    ],
  ];
}

/** By bin and without the name of the metric, so that both columns are of one row. */
function curve(which: "predicted" | "observed"): string {
  return `max by (instrument, bin) (fx_calibration_${which}_ratio${OF_CHOSEN})`;
}

function models(): Placed[] {
  const [age, share] = [reading("freshness", "model_age_d"), reading("performance", "forecast_share_7d")];
  const [importance, shift] = [reading("drift", "importance_rank"), reading("drift", "prediction_kl")];
  return [
    [
      12,
      lines({
        title: "Stability of the importances",
        description: `Rank correlation of the importances of the version in Production with those of the one before it: 1 goes by the same features, 0 by others. Absent for a first version. ${importance.reason}`,
        unit: "none",
        decimals: 2,
        queries: byInstrument(importance),
        limits: importance.limits,
        max: 1,
      }),
    ],
    [
      12,
      lines({
        title: "Drift of the predictions (nats)",
        description: `Kullback-Leibler divergence of four weeks' predictions from those that the version made out of fold in training. ${shift.reason}`,
        unit: "none",
        decimals: 3,
        queries: byInstrument(shift),
        limits: shift.limits,
        min: 0,
      }),
    ],
    [
      8,
      figures({
        title: "Age of the model in Production",
        description: `Since the data that it was trained on ends. ${age.reason}`,
        unit: "s",
        queries: byInstrument(age),
        limits: age.limits,
      }),
    ],
    [
      8,
      lines({
        title: "Hours that were predicted in time",
        description: `Share of the open hours of 7 days, since the first prediction: all figures here are of those hours and no others. ${share.reason}`,
        unit: "percentunit",
        queries: byInstrument(share),
        limits: share.limits,
        max: 1,
      }),
    ],
    [
      8,
      lines({
        title: "Predictions an hour",
        description:
          "In the log, the pipeline's own and those of users; past: asked for as of a moment of the past, and part of no figure here.",
        unit: "short",
        queries: [
          {
            expr: 'sum by (source, about) (increase(fx_predictions_total{instrument=~"$instrument"}[1h]))',
            legend: "{{source}}, {{about}}",
          },
        ],
        min: 0,
      }),
    ],
  ];
}
