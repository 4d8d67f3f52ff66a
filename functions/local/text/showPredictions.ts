import type { PredictResponse } from "../../../shared/contracts/predict.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { AppError } from "../../../shared/errors.ts";
import { SERVED_HORIZON } from "../../../shared/labels/horizon.ts";
import { readModelName } from "../../../shared/models/modelName.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { accuracyText, baselineText, CLAIM_NOTE, netText } from "./showClaim.ts";
import { type Column, renderTable, wrapText } from "./table.ts";

const NOTE_COLUMNS = 120;
const ANSWER_COLUMNS: readonly Column[] = [
  { title: "instrument" },
  { title: "direction" },
  { title: "P(rise)", align: "right" },
  { title: "confidence", align: "right" },
  { title: "event time" },
  { title: "market" },
  { title: "news" },
];
const CLAIM_COLUMNS: readonly Column[] = [
  { title: "instrument" },
  { title: "model" },
  { title: "accuracy [95 %]" },
  { title: "best baseline" },
  { title: "bp a trade [95 %]" },
  { title: "skill" },
];

/** An answer, or why there is none. */
export type PredictionRow =
  | PredictResponse
  | { readonly instrument: string; readonly error: { readonly code: string; readonly message: string } };

export async function predictAll(client: WorkerClient): Promise<PredictionRow[]> {
  const rows: PredictionRow[] = [];
  for (const { instrument } of await client.models()) rows.push(await predictOrExplain(client, instrument));
  return rows;
}

export function isPrediction(row: PredictionRow): row is PredictResponse {
  return "prediction" in row;
}

/** What is predicted, and below it what the models may claim: side by side they would not fit a screen. */
export function renderPredictions(rows: readonly PredictionRow[]): string {
  const answers = rows.filter(isPrediction);
  const reasons = rows.flatMap((row) => (isPrediction(row) ? [] : [`${row.instrument}: ${row.error.message}`]));
  const claims = answers.length === 0 ? [] : ["", renderTable(CLAIM_COLUMNS, answers.map(claimOf)), wrapText(CLAIM_NOTE, NOTE_COLUMNS, "")];
  return [renderTable(ANSWER_COLUMNS, rows.map(answerOf)), ...reasons, ...claims].join("\n");
}

export function renderPrediction(row: PredictResponse): string {
  const lines: readonly (readonly [string, string])[] = [
    ["instrument", row.instrument],
    ["direction", `${row.direction} over ${spanOf(row)} from ${row.target_start}${row.target_ended ? ", which is over" : ""}`],
    ["P(rise)", row.prediction.toFixed(4)],
    ["confidence", row.confidence.toFixed(4)],
    ["return", returnOf(row)],
    ["model", `${row.model_version} (${counted(row.features_used, "feature")})`],
    ["skill", row.skill],
    ["accuracy", `${accuracyText(row)} out of sample, outside the hours of the daily roll; best baseline ${baselineText(row)}`],
    ["bp a trade", `${netText(row)} after the spread`],
    ["event time", row.event_time],
    ["answer for", row.timestamp],
    ...(row.basis === undefined ? [] : [["basis", basisOf(row)] as const]),
    ["market", marketOf(row)],
    ["news", newsOf(row)],
    ["prediction", row.prediction_id],
  ];
  return lines.map(([title, value]) => `${title.padEnd(11)} ${value}`).join("\n");
}

function spanOf({ model_version }: PredictResponse): string {
  const hours = readModelName(model_version.split("/")[0]!)?.horizon_bars ?? SERVED_HORIZON;
  return hours === 1 ? "the hour" : counted(hours, "hour");
}

/** Never the level that it was made for alone: what it did hold stands beside it. */
function returnOf({ return_interval_bp: interval }: PredictResponse): string {
  if (interval === null) return "no interval";
  const { low, high, level, realised_coverage: seen, n } = interval;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return (
    `${low.toFixed(1)} to ${high.toFixed(1)} bp from its open to its end, made to hold ${percent(level)}; ` +
    `held ${percent(seen.estimate)} [${percent(seen.low)}, ${percent(seen.high)}] of ${counted(n, "hour")} out of sample`
  );
}

function answerOf(row: PredictionRow): string[] {
  if (!isPrediction(row)) return [row.instrument, row.error.code, ...Array<string>(5).fill("-")];
  return [
    row.instrument,
    row.direction,
    row.prediction.toFixed(4),
    row.confidence.toFixed(4),
    row.event_time,
    marketOf(row),
    row.news_features,
  ];
}

function claimOf(row: PredictResponse): string[] {
  return [row.instrument, row.model_version, accuracyText(row), baselineText(row), netText(row), row.skill];
}

function basisOf({ basis, recorded_until }: PredictResponse): string {
  return basis === "recorded"
    ? "recorded: what this store knew then"
    : `replayed: what could be known then, as recorded until ${recorded_until}`;
}

function marketOf(row: PredictResponse): string {
  return row.market_open ? "open" : "closed";
}

function newsOf({ news_features }: PredictResponse): string {
  if (news_features === "fresh") return "fresh";
  return news_features === "unused" ? "the model reads none" : `${news_features}: the prediction is of the market alone`;
}

async function predictOrExplain(client: WorkerClient, instrument: string): Promise<PredictionRow> {
  try {
    return await client.predict(instrument, null);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "cancelled") throw error;
    return { instrument, error: { code: error.code, message: error.message } };
  }
}
