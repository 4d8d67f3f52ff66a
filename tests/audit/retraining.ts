import { parseArgs } from "node:util";
import { DAY, HOUR, type Instant, parseInstant } from "../../shared/domain/instant.ts";
import { touchesRollover } from "../../shared/domain/rollover.ts";
import { poolSets } from "../../shared/features/poolSets.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { TRAINING_PROFILES, type TrainingProfile, trainingProfileOf } from "../../shared/models/trainingProfile.ts";
import { auditMarkets } from "./auditMarkets.ts";
import { tradingDayOf } from "./dayInterval.ts";
import { marketSets } from "./marketSet.ts";
import { type ReplayedSchedule, replaySchedules } from "./replaySchedules.ts";
import { pairedLines, type ReplayedRow, renderPaired, renderSchedules, type ScheduleRows, scheduleLines } from "./retrainingTable.ts";

const HELP = `npm run audit:retraining -- [--data FOLDER] [--from 2020-01-01] [--days 365] [--profile ${Object.keys(TRAINING_PROFILES).join("|")}] [--params JSON] [--pairs A,B] [--signal 0.2] [--seeds 1]

Trains models daily, weekly, monthly and once over a year, a model a pair and one of all pairs, lets each answer only hours after it was
there, and holds the schedules against one another on the same hours outside the rollover. With --data on recorded candles (dollar pairs
of FOLDER/candles/mba_2018_2024, from 2019-05-01 to 2024-04-01 with a year before and after), without on the sandbox.`;
/** Midnight in Singapore, when the product trains. */
const TRAINING_HOUR_MS = 16 * HOUR;
/** Apart from what any market's days can be. */
const DAYS_A_MARKET = 1e6;

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    from: { type: "string", default: "2020-01-01" },
    days: { type: "string", default: "365" },
    profile: { type: "string", default: "backfill" },
    params: { type: "string", default: "{}" },
    pairs: { type: "string", default: "EUR_USD,GBP_USD,USD_JPY,AUD_USD" },
    signal: { type: "string", default: "0.2" },
    seeds: { type: "string", default: "1" },
    help: { type: "boolean", short: "h", default: false },
  },
});

interface Year {
  readonly market: number;
  readonly from: Instant;
  readonly to: Instant;
}

function rowsOf(set: TrainingSet, p: Float64Array, { market }: Year): ReplayedRow[] {
  // The hours that have an answer are the same for every schedule: all begin with the same training.
  const rows = Array.from(set.event_time.keys()).filter(
    (row) => !Number.isNaN(p[row]) && !Number.isNaN(set.long_net[row]) && !touchesRollover(set.event_time[row]!, set.label_end[row]!),
  );
  return rows.map((row) => ({
    instrument: set.instrument,
    day: market * DAYS_A_MARKET + tradingDayOf(set.event_time[row]!),
    y: set.y[row]!,
    p: p[row]!,
    long_net: set.long_net[row]!,
    short_net: set.short_net[row]!,
  }));
}

async function replayEach(sets: readonly TrainingSet[], profile: TrainingProfile, year: Year): Promise<ScheduleRows[]> {
  const pairs: ScheduleRows[][] = [];
  for (const set of sets) {
    const replayed = await replaySchedules(set, profile, year);
    const own = replayed.map(({ p, ...facts }) => ({ ...facts, rows: rowsOf(set, p, year) }));
    process.stdout.write(`${renderSchedules(scheduleLines(set.instrument, own))}\n\n`);
    pairs.push(own);
  }
  return together(pairs);
}

/** One model of all pairs, and each pair's hours by it. */
async function replayPooled(sets: readonly TrainingSet[], profile: TrainingProfile, year: Year): Promise<ScheduleRows[]> {
  const pool = poolSets(sets);
  const replayed = await replaySchedules(pool.set, { ...profile, pooled: sets.map(({ instrument }) => instrument) }, year);
  const ofPair = (source: number, p: Float64Array) => {
    const own = new Float64Array(sets[source]!.y.length).fill(Number.NaN);
    for (const [row, from] of pool.source.entries()) if (from === source) own[pool.source_row[row]!] = p[row]!;
    return rowsOf(sets[source]!, own, year);
  };
  return replayed.map(({ p, ...facts }: ReplayedSchedule) => ({ ...facts, rows: inOrder(sets.flatMap((_, source) => ofPair(source, p))) }));
}

/** The pairs' rows together, the days of each market in their order. */
function together(pairs: readonly (readonly ScheduleRows[])[]): ScheduleRows[] {
  return pairs[0]!.map(({ schedule }, index) => ({
    schedule,
    trainings: pairs.reduce((sum, pair) => sum + pair[index]!.trainings, 0),
    cpu_ms: pairs.reduce((sum, pair) => sum + pair[index]!.cpu_ms, 0),
    rows: inOrder(pairs.flatMap((pair) => pair[index]!.rows)),
  }));
}

/** Sorting is stable, so the rows of a day stay in the same order for every schedule. */
function inOrder(rows: readonly ReplayedRow[]): ReplayedRow[] {
  return [...rows].sort((one, other) => one.day - other.day);
}

function report(single: readonly ScheduleRows[], pooled: readonly ScheduleRows[]): void {
  process.stdout.write(
    `${renderSchedules([...scheduleLines("one a pair", single), ...scheduleLines("one of all", pooled)])}\n\n` +
      `${renderPaired("one of all minus one a pair", pairedLines(pooled, single))}\n\n`,
  );
}

async function main(): Promise<void> {
  const first = parseInstant(`${values.from}T00:00:00Z`);
  if (first === null) throw new Error(`--from: "${values.from}" is not a day such as 2020-01-01.\n\n${HELP}`);
  const profile = trainingProfileOf({ profile: values.profile, params: JSON.parse(values.params) });
  const from = first + TRAINING_HOUR_MS;
  const to = from + Number(values.days) * DAY;
  const markets = { data: values.data, pairs: values.pairs.split(","), signal: Number(values.signal), seeds: Number(values.seeds) };
  const window = { start: from - profile.window_days * DAY, end: to };
  const singles: ScheduleRows[][] = [];
  const pools: ScheduleRows[][] = [];
  let market = 0;
  for await (const bars of auditMarkets(markets, window)) {
    const year = { market: market++, from, to };
    const sets = [...marketSets(bars, window)];
    const single = await replayEach(sets, profile, year);
    const pooled = await replayPooled(sets, profile, year);
    process.stdout.write(`market ${market}\n`);
    report(single, pooled);
    singles.push(single);
    pools.push(pooled);
  }
  if (market > 1) {
    process.stdout.write(`all ${market} markets\n`);
    report(together(singles), together(pools));
  }
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await main();
