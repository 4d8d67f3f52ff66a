import { counted } from "../domain/counted.ts";
import { toIso } from "../domain/instant.ts";
import type { Interval } from "../metrics/interval.ts";
import type { ModelCard } from "./modelCard.ts";
import type { ModelClaim } from "./modelClaim.ts";
import { whyNeverServed } from "./pool.ts";

const MOST_FEATURES = 10;

/**
 * The card for people. Its first lines are the ones that a model is judged by: whether anything was found, how often it was right beside
 * the best baseline, and what was left after costs. They stand there whatever the figures are.
 */
export function modelCardMarkdown(card: ModelCard, importance: Readonly<Record<string, number>>): string {
  const carried = Object.entries(importance).filter(([, share]) => share > 0);
  const first = carried.sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1)).slice(0, MOST_FEATURES);
  return [
    `# ${card.name}`,
    "",
    ...claimLines(card),
    "",
    "## What it says",
    "",
    `The probability that ${card.pairs ? `the pair, one of ${card.pairs.join(", ")},` : card.instrument} closes the next ${card.horizon_bars === 1 ? "hour" : counted(card.horizon_bars, "hour")} higher than it opens. ${useLine(card)}`,
    "",
    "## How it was judged",
    "",
    `On ${counted(card.judged_rows, "row")} that it was not trained on (walk-forward, purged), outside the hours around 17:00 in New York. What it says of its own training rows is in no figure.`,
    "",
    calibrationLine(card),
    "",
    intervalLine(card),
    "",
    "## What it was made of",
    "",
    ...trainingSetLines(card),
    `- XGBoost ${card.library_version}, the mean by margin of ${counted(card.seeds.length, "model")} (seeds ${card.seeds.join(", ")})`,
    `- ${counted(card.feature_names.length, "feature")} of ${card.views.map(({ view }) => view).join(" and ")}: feature_service.json`,
    "",
    ...featureLines(first),
    "## What it is not",
    "",
    "No advice, and no promise: figures of the past, on one market, with the spread as the only cost (no slippage beyond it, no swap).",
    "",
  ].join("\n");
}

function trainingSetLines({ dataset, pool, instrument, trained_until }: ModelCard): readonly string[] {
  const known = `of what was known by ${toIso(trained_until)}`;
  if (pool === undefined) return [`- training set: \`datasets/${dataset}.parquet\`, ${known}`];
  return [
    `- training set: \`datasets/${pool.dataset}.parquet\`, ${known}: one model of ${listed(pool.pairs)} together, of which this is what it is of ${instrument}`,
    `- judged and calibrated on the rows of ${instrument} among them: \`datasets/${dataset}.parquet\``,
  ];
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function useLine({ name }: ModelCard): string {
  const never = whyNeverServed(name);
  return never === null ? "At 0.5 and above, /predict says bullish." : `Nothing is served by it: ${never}.`;
}

function calibrationLine({ calibration }: ModelCard): string {
  if (calibration.kind === "none")
    return "Its probabilities are served as the trees say them: no calibration was better by more than chance.";
  return `Its probabilities are calibrated (${calibration.kind}, fitted on ${calibration.rows} out-of-fold rows) before they are served: calibration.json.`;
}

function intervalLine({ return_interval }: ModelCard): string {
  if (return_interval === null) return "It gives no interval for the return: none could be tested.";
  const { level, realised_coverage: seen, realised_rows } = return_interval;
  return `Its intervals for the return are made to hold ${percent(level)}; of ${counted(realised_rows, "later row")} they held ${percent(seen.estimate)} (95 % interval ${percent(seen.low)} to ${percent(seen.high)}).`;
}

/** Skill, accuracy and result after costs, as plain sentences. */
export function claimLines({ skill, skill_reason, accuracy, baseline, net_bp, judged_rows }: ModelClaim): readonly string[] {
  const against = baseline === null ? "" : `; ${baseline.name} alone: ${percent(baseline.accuracy)}`;
  return [
    `- **Skill: ${skill === "none" ? "none shown" : skill}.** ${skill_reason}`,
    accuracy === null
      ? "- **Accuracy:** not known."
      : `- **Accuracy:** ${percent(accuracy.estimate)} (95 % interval ${percent(accuracy.low)} to ${percent(accuracy.high)}) on ${judged_rows} out-of-fold rows${against}.`,
    net_bp === null
      ? "- **After costs:** not known."
      : `- **After costs:** ${net_bp.estimate.toFixed(2)} basis points a trade (95 % interval ${net_bp.low.toFixed(2)} to ${net_bp.high.toFixed(2)}), one trade a row in its direction, the spread paid: ${verdictOf(net_bp)}.`,
  ];
}

function verdictOf({ low, high }: Interval): string {
  if (low > 0) return "more than chance explains";
  return high < 0 ? "a loss" : "nothing that chance does not explain";
}

function featureLines(first: readonly (readonly [string, number])[]): readonly string[] {
  if (first.length === 0) return [];
  return ["| feature | share of the gain |", "|---|---|", ...first.map(([name, share]) => `| ${name} | ${percent(share)} |`), ""];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
