import { parseArgs } from "node:util";
import { answersOf } from "../../functions/pipelines/common/versionModel.ts";
import { CAUTIOUS_RULE } from "../../shared/backtest/tradingRule.ts";
import { DAY, type Instant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { openModel } from "../../shared/models/openModel.ts";
import { type TrainingProfile, trainingProfileOf } from "../../shared/models/trainingProfile.ts";
import { type ChampionAnswer, challengeRows } from "../../shared/validation/challengeRows.ts";
import { CHALLENGE_RULE, judgeChallenge } from "../../shared/validation/judgeChallenge.ts";
import { judgeTraining } from "../../shared/validation/judgeTraining.ts";
import { trainedRows } from "../../shared/validation/trainedRows.ts";
import { readSandboxBars } from "../support/market/sandboxBars.ts";
import { nodeOnnxRuntime } from "../support/models/nodeOnnxRuntime.ts";
import { trainInProcess } from "../support/models/trainInProcess.ts";
import { marketSets } from "./marketSet.ts";
import { sliceSet } from "./sliceSet.ts";

const HELP = `npm run audit:challenge -- [--days 30] [--signal 0] [--seed 1]

Trains a model a day on a simulated market, as the nightly training does, lets each challenge the one in Production, and counts how
often one is replaced because it was better, and because it was old.`;
const PAIRS: readonly Instrument[] = ["USD_SGD", "EUR_USD"];
const END = Date.UTC(2025, 5, 27, 12);

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "30" },
    signal: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    help: { type: "boolean", short: "h", default: false },
  },
});

interface Model {
  readonly set: TrainingSet;
  readonly as_of: Instant;
  readonly kept: Parameters<typeof answersOf>[0];
  readonly rows: readonly number[];
  readonly p: readonly number[];
  readonly trained_rows: readonly number[];
}

async function train(set: TrainingSet, as_of: Instant, profile: TrainingProfile): Promise<Model> {
  const { spec, result, model } = await trainInProcess(set, profile);
  const judged = judgeTraining({ set, folds: spec.folds, seeds: spec.seeds, result, horizon_bars: 1 });
  const { feature_names } = set;
  const card = { calibration: judged.calibration.calibrator, feature_names, format: "xgboost" } as unknown as Model["kept"]["card"];
  const { ask } = await openModel(card, model, nodeOnnxRuntime);
  const kept = { version: String(as_of), card, ask };
  return { set, as_of, kept, rows: result.out_of_fold.rows, p: judged.predictions, trained_rows: trainedRows(judged.folds) };
}

/** As championAnswers does, of models that are in memory. */
async function answersTo(champion: Model, set: TrainingSet): Promise<ReadonlyMap<Instant, ChampionAnswer>> {
  const answers = new Map<Instant, ChampionAnswer>();
  for (const [i, row] of champion.rows.entries()) {
    answers.set(champion.set.event_time[row]!, { p: champion.p[i]!, trained_rows: champion.trained_rows[i]! });
  }
  const later = Array.from(set.event_time.keys()).filter((row) => set.event_time[row]! >= champion.as_of);
  const said = await answersOf(champion.kept, set, later);
  for (const [i, row] of later.entries()) answers.set(set.event_time[row]!, { p: said[i]!, trained_rows: champion.set.y.length });
  return answers;
}

async function replay(whole: TrainingSet, days: number, profile: TrainingProfile) {
  const counts = { better: 0, aged: 0, stayed: 0, worse: 0, earns_less: 0, oldest_days: 0 };
  let champion: Model | null = null;
  for (let day = days; day >= 0; day--) {
    const as_of = END - day * DAY;
    const own = await train(sliceSet(whole, as_of - profile.window_days * DAY, as_of, as_of), as_of, profile);
    if (champion === null) {
      champion = own;
      continue;
    }
    const pick = (column: Float64Array) => own.rows.map((row) => column[row]!);
    const { event_time, label_end, y, long_net, short_net } = own.set;
    const outcomes = {
      event_time: pick(event_time),
      label_end: pick(label_end),
      y: pick(y),
      long_net: pick(long_net),
      short_net: pick(short_net),
    };
    const rows = { ...outcomes, p: own.p, trained_rows: own.trained_rows, kept_rows: own.set.y.length, horizon_bars: 1 };
    const champion_age_days = (as_of - champion.as_of) / DAY;
    const compared = challengeRows(rows, await answersTo(champion, own.set));
    const { replaces, reason } = judgeChallenge({ rows: compared, champion_age_days, rule: CHALLENGE_RULE, trading_rule: CAUTIOUS_RULE });
    counts.oldest_days = Math.max(counts.oldest_days, champion_age_days);
    if (reason.startsWith("better")) counts.better++;
    else if (replaces) counts.aged++;
    else if (reason.startsWith("worse")) counts.worse++;
    else if (reason.startsWith("it earns less")) counts.earns_less++;
    else counts.stayed++;
    if (replaces) champion = own;
  }
  return counts;
}

async function audit() {
  const profile = trainingProfileOf({ profile: "backfill" });
  const days = Number(values.days);
  const window = { start: END - (profile.window_days + days) * DAY, end: END };
  const bars = await readSandboxBars(Number(values.signal), PAIRS, window, Number(values.seed));
  for (const set of marketSets(bars, window)) {
    process.stdout.write(
      `${JSON.stringify({ instrument: set.instrument, signal: Number(values.signal), days, ...(await replay(set, days, profile)) })}\n`,
    );
  }
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await audit();
