import { parseArgs } from "node:util";
import { renderTable } from "../../functions/local/text/table.ts";
import { DAY, parseInstant } from "../../shared/domain/instant.ts";
import { touchesRollover } from "../../shared/domain/rollover.ts";
import { poolSets } from "../../shared/features/poolSets.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { accuracy } from "../../shared/metrics/accuracy.ts";
import type { Interval } from "../../shared/metrics/interval.ts";
import { logLossDifference } from "../../shared/metrics/logLossDifference.ts";
import { meanMargin } from "../../shared/models/meanMargin.ts";
import { TRAINING_PROFILES, type TrainingProfile, trainingProfileOf } from "../../shared/models/trainingProfile.ts";
import { trainInProcess } from "../support/models/trainInProcess.ts";
import { auditMarkets } from "./auditMarkets.ts";
import { marketSets } from "./marketSet.ts";

const HELP = `npm run audit:pooled -- [--data FOLDER] [--profile ${Object.keys(TRAINING_PROFILES).join("|")}] [--end 2021-01-01] [--pairs A,B] [--signal 0.2] [--seeds 1]

One model a pair beside one model of all, with the pair as a feature: the same parameters, walk-forward over time, held against each other
on the rows that both were tested by, out of fold and outside the rollover. With --data on recorded candles, without on the sandbox.`;

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

/** Out-of-fold probabilities by row. */
async function outOfFold(set: TrainingSet, profile: TrainingProfile): Promise<ReadonlyMap<number, number>> {
  const { out_of_fold } = (await trainInProcess(set, profile)).result;
  const p = meanMargin(out_of_fold.predictions);
  return new Map(out_of_fold.rows.map((row, index) => [row, p[index]!]));
}

async function compare(market: number, sets: readonly TrainingSet[], profile: TrainingProfile): Promise<Compared[]> {
  const pool = poolSets(sets);
  const pooled = await outOfFold(pool.set, { ...profile, pooled: sets.map(({ instrument }) => instrument) });
  const singles: ReadonlyMap<number, number>[] = [];
  for (const set of sets) singles.push(await outOfFold(set, profile));
  return [...pooled].flatMap(([row, p]) => {
    const source = pool.source[row]!;
    const single = singles[source]!.get(pool.source_row[row]!);
    const [event_time, label_end] = [pool.set.event_time[row]!, pool.set.label_end[row]!];
    if (single === undefined || touchesRollover(event_time, label_end)) return [];
    return [{ market, instrument: sets[source]!.instrument, event_time, y: pool.set.y[row]!, single, pooled: p }];
  });
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
