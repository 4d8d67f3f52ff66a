import { beforeAll, describe, expect, it } from "vitest";
import { trainingSpecOf } from "../../functions/pipelines/training/trainingSpecOf.ts";
import { blockPermutation } from "../../shared/domain/blockPermutation.ts";
import { TRAINING_PROFILES } from "../../shared/models/trainingProfile.ts";
import { MAX_PLAUSIBLE_ACCURACY } from "../../shared/validation/plausibilityCheck.ts";
import { shuffleCheck } from "../../shared/validation/shuffleCheck.ts";
import { buildSet, type Judged, type LeakMarket, leakMarket, trainAndJudge } from "../support/market/leakWorld.ts";
import { LEAK_ACCURACIES, LEAK_PLACES, plantLeak } from "../support/market/plantedLeaks.ts";
import { trainHere } from "../support/models/trainHere.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";

/** What `npm run audit:leaks` shows at length, small: every strength of leak and every place once, and clean sets. */

const PROFILE = TRAINING_PROFILES.backfill;
const DAYS = 100;
const LEGS = ["USD_SGD", "EUR_USD", "USD_JPY"] as const;
/** Each place with one strength, and each strength at least once. */
const PLANTED = LEAK_PLACES.map((place, i) => [place, ...LEAK_ACCURACIES[i % LEAK_ACCURACIES.length]!] as const);
const NAMED: Readonly<Record<(typeof LEAK_PLACES)[number], string>> = {
  "formula that peeks": "tip in",
  "row stamped early": "momentum_20 in",
  "row altered later": "rsi_14 in",
  "news known later": "minutes_since_latest in",
  "column of its own": "no formula of the registry makes tip",
};
const failed = ({ verdicts }: Judged) => verdicts.filter(({ passed }) => !passed);

describe.skipIf(!(await hasLibrary()))("leaks", () => {
  let market: LeakMarket;
  beforeAll(async () => {
    market = await leakMarket({ seed: 1, signal: 0, days: DAYS, news: true }, LEGS);
  });

  it.each(PLANTED)("%s, right in %d of the bars: refused and named", async (place, _accuracy, z) => {
    const planted = plantLeak(market, "USD_SGD", place, z);
    const judged = await trainAndJudge(await buildSet(planted.market, "USD_SGD", planted.meddling), PROFILE, MAX_PLAUSIBLE_ACCURACY);
    expect(judged.sampled).toBeGreaterThanOrEqual(200);
    expect(failed(judged)[0]).toMatchObject({ name: "rebuild_check", detail: expect.stringContaining(NAMED[place]) });
    // The accuracy gate alone lets all of them through.
    expect(judged.accuracy.low).toBeLessThan(MAX_PLAUSIBLE_ACCURACY);
  });

  it.each(["USD_SGD", "EUR_USD"])("a clean set of %s, news and all, is refused by none", async (instrument) => {
    expect(failed(await trainAndJudge(await buildSet(market, instrument), PROFILE, MAX_PLAUSIBLE_ACCURACY))).toEqual([]);
  });

  it("an evaluation that trains on the rows that it tests is refused by the run with shuffled labels", async () => {
    const { set } = await buildSet(market, "USD_SGD");
    const manifest = { sha256: "0".repeat(64), feature_names: set.feature_names };
    const honest = trainingSpecOf({ manifest, set }, PROFILE, "cpu");
    const rows = set.y.length;
    // As a splitter would that forgot to leave the test rows out, with a model that can learn them by heart.
    const spec = {
      ...honest,
      params: { ...honest.params, max_depth: 6, min_child_weight: 5, eta: 0.1 },
      rounds: 15,
      folds: honest.folds.map(({ test }) => ({ train: { start: 0, end: rows }, test })),
    };
    const { out_of_fold, shuffled } = await trainHere(set, spec);
    const order = blockPermutation(rows, shuffled!.shuffle.block_rows, shuffled!.shuffle.seed);
    const verdict = shuffleCheck({ y: out_of_fold.rows.map((row) => set.y[order[row]!]!), p: shuffled!.predictions, horizon_bars: 1 });
    expect(verdict).toMatchObject({ passed: false, detail: expect.stringMatching(/the evaluation itself leaks$/) });
  });
});
