import { parseArgs } from "node:util";
import { DAY, type Instant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { meanInterval } from "../../shared/metrics/meanInterval.ts";
import { TRAINING_PROFILES, trainingProfileOf } from "../../shared/models/trainingProfile.ts";
import { SKILL_GATE_SIZE, TOLERATED_NATS } from "../../shared/validation/skillCheck.ts";
import { readSandboxBars } from "../support/market/sandboxBars.ts";
import { type JudgedModel, judgeModel } from "./judgeModel.ts";
import { marketSets } from "./marketSet.ts";
import { sliceSet } from "./sliceSet.ts";

const HELP = `npm run audit:noise -- [--seeds 8] [--windows 5] [--profile ${Object.keys(TRAINING_PROFILES).join("|")}] [--json]

Trains and judges models on markets in which nothing can be predicted (the sandbox with a signal of 0), and counts how many each
check refuses: what the gate's stated size promises. Windows of one seed and pair overlap; seeds do not share anything.`;
const PAIRS: readonly Instrument[] = ["USD_SGD", "EUR_USD", "GBP_USD", "USD_JPY", "AUD_USD"];
const END = Date.UTC(2025, 5, 27, 12);
/** Windows end this far apart. */
const STEP_MS = 61 * DAY;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "8" },
    windows: { type: "string", default: "5" },
    profile: { type: "string", default: "backfill" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

function wholeNumber(name: "seeds" | "windows"): number {
  if (/^[1-9]\d{0,3}$/.test(values[name])) return Number(values[name]);
  throw new Error(`--${name}: "${values[name]}" is not a whole number from 1 to 9999.\n\n${HELP}`);
}

async function judgeAll(): Promise<JudgedModel[]> {
  const profile = trainingProfileOf({ profile: values.profile });
  const windows = wholeNumber("windows");
  const window = { start: END - profile.window_days * DAY - (windows - 1) * STEP_MS, end: END };
  const models: JudgedModel[] = [];
  for (let seed = 1; seed <= wholeNumber("seeds"); seed++) {
    for (const set of marketSets(await readSandboxBars(0, PAIRS, window, seed), window)) {
      for (let step = 0; step < windows; step++) {
        const as_of: Instant = END - step * STEP_MS;
        const own = sliceSet(set, as_of - profile.window_days * DAY, as_of, as_of);
        models.push(await judgeModel(own, profile, { max_plausible_accuracy: 0.55, models_judged: 1 }));
      }
    }
    process.stderr.write(
      `seed ${seed}: ${models.length} models, ${models.filter(({ checks }) => checks.some(({ passed }) => !passed)).length} refused\n`,
    );
  }
  return models;
}

function summarise(models: readonly JudgedModel[]) {
  const refused: Record<string, number> = {};
  for (const { checks } of models) {
    for (const check of checks) refused[check.name] = (refused[check.name] ?? 0) + (check.passed ? 0 : 1);
  }
  const excess = models.map(({ judged }) => judged.hours.all.compared.versus_majority!.estimate);
  return {
    profile: values.profile,
    models: models.length,
    refused,
    /** One-sided, on each model: every run judged one. */
    stated_size: SKILL_GATE_SIZE,
    tolerated_nats: TOLERATED_NATS,
    /** What fitting noise costs on average, in nats of log loss above the base rate's. */
    mean_excess_nats: meanInterval(excess),
    worse_than_base_rate_by_the_old_gate: models.filter(({ old_difference }) => old_difference.low > 0).length,
    skill: Object.fromEntries(["none", "statistical", "net_of_costs"].map((word) => [word, count(models, word)])),
    old_skill_shown: models.filter(({ old_difference }) => old_difference.high < 0).length,
  };
}

function count(models: readonly JudgedModel[], word: string): number {
  return models.filter(({ judged }) => judged.claim.skill === word).length;
}

if (values.help) process.stdout.write(`${HELP}\n`);
else process.stdout.write(`${JSON.stringify(summarise(await judgeAll()), null, values.json ? 0 : 2)}\n`);
