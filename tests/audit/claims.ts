import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Bar } from "../../shared/domain/bar.ts";
import { DAY, type Instant, toIso } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { mean } from "../../shared/metrics/meanInterval.ts";
import { TRAINING_PROFILES, trainingProfileOf } from "../../shared/models/trainingProfile.ts";
import { MAX_PLAUSIBLE_ACCURACY } from "../../shared/validation/plausibilityCheck.ts";
import { realDollarPair } from "../leakage/realBars.ts";
import { type AuditedModel, groupsOf, renderGroups } from "./claimsTable.ts";
import { judgeModel } from "./judgeModel.ts";
import { marketSets } from "./marketSet.ts";
import { laterRows } from "./nextMonth.ts";
import { sliceSet } from "./sliceSet.ts";

const HELP = `npm run audit:claims -- --data FOLDER [--profile ${Object.keys(TRAINING_PROFILES).join("|")}] [--from 2019-03] [--to 2021-12] [--json FILE]

What models claim, and what came of it: on recorded candles of four dollar pairs (FOLDER/candles/mba_2018_2024), a model a pair and
month, trained and judged as the product does by the same functions, is held against the month after. Prints how many carry
each word of skill, and how many would have carried the old one.`;
const PAIRS: readonly Instrument[] = ["EUR_USD", "GBP_USD", "USD_JPY", "AUD_USD"];

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    profile: { type: "string", default: "backfill" },
    from: { type: "string", default: "2019-03" },
    to: { type: "string", default: "2021-12" },
    json: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

function monthStart(text: string, ahead = 0): Instant {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year === undefined || month === undefined) throw new Error(`"${text}" is not a month such as 2019-03.\n\n${HELP}`);
  return Date.UTC(Number(year), Number(month) - 1 + ahead, 1);
}

function months(): Instant[] {
  const last = monthStart(values.to);
  const all: Instant[] = [];
  for (let ahead = 0; monthStart(values.from, ahead) <= last; ahead++) all.push(monthStart(values.from, ahead));
  return all;
}

function readPairs(until: Instant): ReadonlyMap<Instrument, readonly Bar[]> {
  if (values.data === undefined) throw new Error(`--data is missing.\n\n${HELP}`);
  const folder = join(resolve(values.data), "candles");
  if (!existsSync(join(folder, "mba_2018_2024"))) throw new Error(`${folder} holds no mba_2018_2024.`);
  const bars = (pair: Instrument) => realDollarPair(pair, 0, Number.POSITIVE_INFINITY, pathToFileURL(`${folder}/`));
  return new Map(PAIRS.map((pair) => [pair, bars(pair).filter(({ start }) => start < until)]));
}

async function auditMonth(set: TrainingSet, as_of: Instant): Promise<AuditedModel> {
  const profile = trainingProfileOf({ profile: values.profile });
  const training = sliceSet(set, as_of - profile.window_days * DAY, as_of, as_of);
  const options = { max_plausible_accuracy: MAX_PLAUSIBLE_ACCURACY, models_judged: PAIRS.length };
  const { trees, judged, checks, old_difference } = await judgeModel(training, profile, options);
  const until = monthStart(toIso(as_of).slice(0, 7), 1);
  return {
    instrument: set.instrument,
    month: toIso(as_of).slice(0, 7),
    promoted: checks.every(({ passed }) => passed),
    failed_checks: checks.flatMap(({ name, passed, detail }) => (passed ? [] : [`${name}: ${detail}`])),
    skill: judged.claim.skill,
    old_skill_shown: old_difference.high < 0,
    constant_folds: judged.folds.filter(({ unique_predictions }) => unique_predictions < 2).length,
    later: laterRows(set, { trees, calibrator: judged.calibration.calibrator, base_rate: mean(training.y) }, as_of, until),
  };
}

async function main(): Promise<void> {
  const all = months();
  const end = monthStart(toIso(all.at(-1)!).slice(0, 7), 1) + 7 * DAY;
  const models: AuditedModel[] = [];
  for (const set of marketSets(readPairs(end), { start: 0, end })) {
    for (const as_of of all) models.push(await auditMonth(set, as_of));
    process.stderr.write(`${set.instrument}: ${models.length} models\n`);
  }
  const groups = groupsOf(models);
  const refused = models.flatMap(({ instrument, month, failed_checks }) => failed_checks.map((check) => `${instrument} ${month} ${check}`));
  const constant = models.filter(({ constant_folds }) => constant_folds > 0).length;
  process.stdout.write(`${renderGroups(groups)}\n\nModels with a constant fold: ${constant} of ${models.length}.\n`);
  process.stdout.write(`Refused:${refused.length === 0 ? " none." : `\n${refused.join("\n")}`}\n`);
  const summary = { groups, models: models.map(({ later: _, ...model }) => model) };
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(summary, null, 2));
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await main();
