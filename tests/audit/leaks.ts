import { parseArgs } from "node:util";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { DEFAULT_INSTRUMENTS } from "../../shared/domain/instrument.ts";
import { optimalAccuracy } from "../../shared/domain/plantedSignal.ts";
import { TRAINING_PROFILES } from "../../shared/models/trainingProfile.ts";
import { MAX_PLAUSIBLE_ACCURACY } from "../../shared/validation/plausibilityCheck.ts";
import { buildSet, type Judged, leakMarket, trainAndJudge } from "../support/market/leakWorld.ts";
import { LEAK_ACCURACIES, LEAK_PLACES, plantLeak } from "../support/market/plantedLeaks.ts";

/**
 * `npm run audit:leaks`: plants leaks of four strengths in five places of a training set, and trains clean sets on markets of many seeds,
 * half of them with a signal. Prints which check refused which, and ends with 1 when a leak passes or a clean set is refused by one.
 * `-- --clean N --days N` sets the number of clean sets and their length; `--skip_planted` leaves the leaks out.
 */
const { values: options } = parseArgs({
  options: { clean: { type: "string", default: "120" }, days: { type: "string", default: "365" }, skip_planted: { type: "boolean" } },
});
const DAYS = Number(options.days);
const CLEAN_RUNS = Number(options.clean);
const PROFILE = TRAINING_PROFILES.backfill;
const SIGNAL = 0.2;
/** Every third market is read with its news, which takes as long as all else of it. */
const NEWS_EVERY = 3;
let faults = 0;

if (!options.skip_planted) await auditPlanted();
await auditClean();
process.exitCode = faults > 0 ? 1 : 0;

async function auditPlanted(): Promise<void> {
  console.log(`Planted in USD_SGD, ${DAYS} days of a market without a signal, profile ${PROFILE.name}\n`);
  row(["leak", "planted", "recorded (95 %)", "rows", "old gate", "refused by"]);
  const market = await leakMarket({ seed: 1, signal: 0, days: DAYS, news: true }, ["USD_SGD", "EUR_USD", "USD_JPY"]);
  for (const place of LEAK_PLACES) {
    for (const [accuracy, z] of LEAK_ACCURACIES) {
      const planted = plantLeak(market, "USD_SGD", place, z);
      const judged = await trainAndJudge(await buildSet(planted.market, "USD_SGD", planted.meddling), PROFILE, MAX_PLAUSIBLE_ACCURACY);
      if (refusals(judged).length === 0) faults++;
      const old_gate = judged.accuracy.low > MAX_PLAUSIBLE_ACCURACY ? "refused" : "passed";
      row([place, percent(accuracy), recorded(judged), String(judged.rows), old_gate, describeRefusals(judged)]);
    }
  }
}

async function auditClean(): Promise<void> {
  console.log(`\nClean, ${DAYS} days, profile ${PROFILE.name}, half of the markets with a signal of ${SIGNAL}\n`);
  row(["seed", "signal", "instrument", "rows", "sampled", "recorded (95 %)", "refused by"]);
  const tally = new Map<string, number>();
  let runs = 0;
  for (let seed = 1; runs < CLEAN_RUNS; seed++) {
    const signal = seed % 2 === 0 ? SIGNAL : 0;
    const market = await leakMarket({ seed, signal, days: DAYS, news: seed % NEWS_EVERY === 0 }, DEFAULT_INSTRUMENTS);
    for (const instrument of DEFAULT_INSTRUMENTS.slice(0, CLEAN_RUNS - runs)) {
      const judged = await clean(market, instrument, signal);
      runs++;
      for (const { name } of refusals(judged)) tally.set(name, (tally.get(name) ?? 0) + 1);
      if (refusals(judged).length > 0) faults++;
      const { rows, sampled } = judged;
      row([String(seed), String(signal), instrument, String(rows), String(sampled), recorded(judged), describeRefusals(judged)]);
    }
  }
  console.log(
    `\n${runs} clean runs: ${["rebuild_check", "shuffle_check", "dominance_check"].map((name) => `${name} refused ${tally.get(name) ?? 0}`).join(", ")}`,
  );
}

async function clean(market: Awaited<ReturnType<typeof leakMarket>>, instrument: Instrument, signal: number): Promise<Judged> {
  const limit = signal === 0 ? MAX_PLAUSIBLE_ACCURACY : Math.max(MAX_PLAUSIBLE_ACCURACY, optimalAccuracy(signal));
  return trainAndJudge(await buildSet(market, instrument), PROFILE, limit);
}

function refusals({ verdicts }: Judged) {
  return verdicts.filter(({ passed }) => !passed);
}

function describeRefusals(judged: Judged): string {
  const failed = refusals(judged);
  return failed.length === 0 ? "none" : failed.map(({ name, detail }) => `${name}: ${detail.slice(0, 150)}`).join(" | ");
}

function recorded({ accuracy: { estimate, low, high } }: Judged): string {
  return `${percent(estimate)} (${percent(low)} to ${percent(high)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function row(cells: readonly string[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}
