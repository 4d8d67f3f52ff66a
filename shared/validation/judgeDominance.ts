import type { TrainingSet } from "../features/trainingSet.ts";
import { DOMINANT_SHARE, type DominantFeature, dominanceCheck } from "./dominanceCheck.ts";
import type { RebuildTally } from "./rebuild/rebuildCheck.ts";
import { type RowInputs, readsOtherInstruments } from "./rebuild/rebuildRow.ts";
import type { Verdict } from "./verdict.ts";

export interface JudgedFeatures {
  /** Share of the total gain by feature. */
  readonly importance: Readonly<Record<string, number>>;
  readonly set: TrainingSet;
  /** Of the sample, in which the features that carry the model were rebuilt at least. */
  readonly tally: RebuildTally;
  /** Of the newest rows of the sample. */
  readonly inputs: RowInputs;
  /** Bars that a label looks ahead. */
  readonly horizon_bars: number;
  /** First row that was tested out of fold. */
  readonly first_tested: number;
  readonly max_plausible_accuracy: number;
}

/** Features that carry DOMINANT_SHARE of the gain or more. */
export function dominantFeatures(importance: JudgedFeatures["importance"]): readonly string[] {
  return Object.keys(importance).filter((name) => importance[name]! >= DOMINANT_SHARE);
}

/** dominance_check of a training set whose sample was rebuilt. */
export function judgeDominance({ importance, set, tally, inputs, ...judged }: JudgedFeatures): Verdict {
  const column = (name: string) => set.features[set.feature_names.indexOf(name)]!;
  const dominant = dominantFeatures(importance).map(
    (name): DominantFeature => ({
      name,
      share: importance[name]!,
      values: column(name),
      rebuilt_rows: tally.equal[name] ?? 0,
      differing_rows: tally.differing[name] ?? 0,
      reads_other_instruments: readsOtherInstruments(inputs, name),
    }),
  );
  const past_returns = ["ret_1", "ret_1_lag_1"].map(column);
  return dominanceCheck({ dominant, y: set.y, past_returns, ...judged });
}
