import { describe, expect, it } from "vitest";
import { DAY, type TimeWindow } from "../../shared/domain/instant.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { TRAINING_PROFILES, type TrainingProfile } from "../../shared/models/trainingProfile.ts";
import { foldFacts } from "../../shared/validation/foldFacts.ts";
import { splitCheck } from "../../shared/validation/splitCheck.ts";
import { marketSets } from "../audit/marketSet.ts";
import { readSandboxBars } from "../support/market/sandboxBars.ts";
import { trainInProcess } from "../support/models/trainInProcess.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import { hasRealBars, realUsdSgd } from "./realBars.ts";

/** A fold whose model never splits says the base rate of every row, and its rows dilute what is measured and what is checked. */

const can_train = await hasLibrary();
if (!hasRealBars) console.warn("the folds of recorded candles are not looked at: ../shared/data is not there");

/** The first `min_rows` rows: as few as the profile trains on, whose first fold is the likeliest to be a constant. */
async function fewestRows(set: TrainingSet, profile: TrainingProfile) {
  expect(set.y.length).toBeGreaterThanOrEqual(profile.min_rows);
  const first = (values: Float64Array) => values.slice(0, profile.min_rows);
  const few: TrainingSet = {
    ...set,
    event_time: first(set.event_time),
    known_at: first(set.known_at),
    label_end: first(set.label_end),
    y: first(set.y),
    features: set.features.map(first),
  };
  const { spec, result } = await trainInProcess(few, profile);
  const folds = foldFacts(spec.folds, result.splits.out_of_fold, result.out_of_fold.predictions[0]!);
  return splitCheck({ folds, model_splits: result.splits.model });
}

/** The same for every profile: made once. */
const sets = new Map<string, Promise<TrainingSet>>();
function simulated(signal: number, start: number, end: number): Promise<TrainingSet> {
  const key = `${signal} ${start} ${end}`;
  const known = sets.get(key) ?? makeSet(signal, { start, end });
  sets.set(key, known);
  return known;
}

async function makeSet(signal: number, window: TimeWindow): Promise<TrainingSet> {
  const [set] = marketSets(await readSandboxBars(signal, ["USD_SGD"], window, 2), window);
  return set!;
}

const recorded = hasRealBars
  ? [...marketSets(new Map([["USD_SGD", realUsdSgd()]]), { start: 0, end: Date.UTC(2025, 6, 1) })][0]
  : undefined;

/** One seed where trees are deep: such a fold takes seconds, and its first tree splits for any seed. */
const PROFILES = Object.values(TRAINING_PROFILES).map((profile) => ({
  ...profile,
  seeds: profile.params.max_depth > 2 ? profile.seeds.slice(0, 1) : profile.seeds,
}));

describe.skipIf(!can_train).each(PROFILES)("every fold of the $name profile splits, with the fewest rows", (profile) => {
  it.each([0, 0.2])("on a simulated market with a signal of %d", async (signal) => {
    const end = Date.UTC(2025, 5, 27, 12);
    expect(await fewestRows(await simulated(signal, end - 150 * DAY, end), profile)).toMatchObject({ passed: true });
  });

  it.skipIf(!hasRealBars)("on recorded candles", async () => {
    expect(await fewestRows(recorded!, profile)).toMatchObject({ passed: true });
  });

  it("and a minimum of weight that no leaf can have is found out", async () => {
    const set = await simulated(0, Date.UTC(2025, 0, 27), Date.UTC(2025, 5, 27));
    const stubborn = { ...profile, rounds: 2, params: { ...profile.params, min_child_weight: 150 } };
    const { passed, detail } = await fewestRows(set, stubborn);
    expect(passed).toBe(false);
    expect(detail).toMatch(/fold 1 \((1000|999) training rows\)/);
  });
});
