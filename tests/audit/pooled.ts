import { parseArgs } from "node:util";
import { renderTable } from "../../functions/local/text/table.ts";
import { DAY, parseInstant } from "../../shared/domain/instant.ts";
import { touchesRollover } from "../../shared/domain/rollover.ts";
import { poolSets } from "../../shared/features/poolSets.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { SERVED_HORIZON } from "../../shared/labels/horizon.ts";
import { accuracy } from "../../shared/metrics/accuracy.ts";
import type { Interval } from "../../shared/metrics/interval.ts";
import { logLossDifference } from "../../shared/metrics/logLossDifference.ts";
import { leastPartRows, partOfTraining, type TrainedPart } from "../../shared/models/partOfTraining.ts";
import { modelPartOf } from "../../shared/models/pool.ts";
import { TRAINING_PROFILES, type TrainingProfile, trainingProfileOf } from "../../shared/models/trainingProfile.ts";
import { judgeTraining } from "../../shared/validation/judgeTraining.ts";
import { trainInProcess } from "../support/models/trainInProcess.ts";
import { auditMarkets } from "./auditMarkets.ts";
import { marketSets } from "./marketSet.ts";

const HELP = `npm run audit:pooled -- [--data FOLDER] [--profile ${Object.keys(TRAINING_PROFILES).join("|")}] [--end 2021-01-01] [--pairs A,B] [--signal 0.2] [--seeds 1]

One model a pair beside what one model of all is of that pair, each as the product trains, calibrates and serves it: the same parameters,
walk-forward over time, held against each other on the rows that both were tested by, out of fold and outside the rollover. With --data on recorded candles, without on the sandbox.`;

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    profile: { type: "string", default: "backfill" },
    end: { type: "string", default: "2021-01-01" },
    pairs: { type: "string", default: "EUR_USD,GBP_USD,USD_JPY,AUD_USD" },
    signal: { type: "string", default: "0.2" },
    seeds: { type: "string", default: "1" },
    help: { type: "boolean", short: "h", default: false },
  },
});

interface Compared {
  readonly market: number;
  readonly instrument: string;
  readonly event_time: number;
  readonly y: number;
  readonly single: number;
  readonly pooled: number;
}

/** Out-of-fold probabilities as they would be served, by row of the pair's set. */
function servedOf(set: TrainingSet, seeds: readonly number[], { folds, result }: TrainedPart): ReadonlyMap<number, number> {
  const { predictions } = judgeTraining({ set, folds, seeds, result, horizon_bars: SERVED_HORIZON });
  return new Map(result.out_of_fold.rows.map((row, index) => [row, predictions[index]!]));
}

async function compare(market: number, sets: readonly TrainingSet[], profile: TrainingProfile): Promise<Compared[]> {
  const pool = poolSets(sets);
  const parts = sets.map(({ instrument, feature_names }) => modelPartOf(instrument, feature_names, pool.set.feature_names));
  const whole = await trainInProcess(pool.set, { ...profile, pooled: sets.map(({ instrument }) => instrument) }, { parts });
  const compared: Compared[] = [];
  for (const [source, set] of sets.entries()) {
    const { instrument, event_time, label_end, y } = set;
    const rows = [...pool.source.keys()].filter((row) => pool.source[row] === source);
    const part = partOfTraining(instrument, rows, { folds: whole.spec.folds, result: whole.result }, leastPartRows(profile));
    const own = await trainInProcess(set, profile);
    const singles = servedOf(set, profile.seeds, { folds: own.spec.folds, result: own.result });
    for (const [row, pooled] of servedOf(set, profile.seeds, part)) {
      const single = singles.get(row);
      if (single === undefined || touchesRollover(event_time[row]!, label_end[row]!)) continue;
      compared.push({ market, instrument, event_time: event_time[row]!, y: y[row]!, single, pooled });
    }
  }
  return compared.sort((a, b) => a.market - b.market || a.event_time - b.event_time);
}

/** Rows of one hour of one market are a cluster: prices move together. */
function lineOf(name: string, rows: readonly Compared[]): string[] {
  const y = rows.map((row) => row.y);
  const [single, pooled] = [rows.map((row) => row.single), rows.map((row) => row.pooled)];
  const clusters = rows.map(({ market, event_time }) => market * 1e14 + event_time);
  const difference = logLossDifference({ y, p: pooled, baseline: single, lag: 24, clusters });
  return [
    name,
    String(rows.length),
    interval(accuracy({ y, p: single }), 100, 1),
    interval(accuracy({ y, p: pooled }), 100, 1),
    interval(difference, 1e5, 0),
  ];
}

function interval(value: Interval | null, scale: number, digits: number): string {
  if (value === null) return "-";
  const [estimate, low, high] = [value.estimate, value.low, value.high].map((end) => (end * scale).toFixed(digits));
  return `${estimate} (${low} to ${high})`;
}

async function main(): Promise<void> {
  const end = parseInstant(`${values.end}T00:00:00Z`);
  if (end === null) throw new Error(`--end: "${values.end}" is not a day such as 2021-01-01.\n\n${HELP}`);
  const profile = trainingProfileOf({ profile: values.profile });
  const window = { start: end - profile.window_days * DAY, end };
  const pairs = values.pairs.split(",");
  const rows: Compared[] = [];
  let market = 0;
  for await (const bars of auditMarkets({ data: values.data, pairs, signal: Number(values.signal), seeds: Number(values.seeds) }, window)) {
    rows.push(...(await compare(market++, [...marketSets(bars, window)], profile)));
  }
  const columns = ["pair", "rows", "accuracy of its own, %", "of the pooled model, %", "log loss, pooled minus own, 1e-5 nats"].map(
    (title) => ({ title }),
  );
  const lines = pairs.map((pair) =>
    lineOf(
      pair,
      rows.filter(({ instrument }) => instrument === pair),
    ),
  );
  process.stdout.write(`${renderTable(columns, [...lines, lineOf("all", rows)])}\n`);
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await main();
