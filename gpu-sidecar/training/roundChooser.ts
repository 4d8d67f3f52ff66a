import type { Fold } from "../../shared/contracts/training.ts";
import { createDMatrix } from "../xgboost/dMatrix.ts";
import { trainBooster } from "../xgboost/trainBooster.ts";
import { BestRounds } from "./bestRounds.ts";
import { labelledRows, rowsOf } from "./labelledRows.ts";
import type { UnitContext } from "./unitContext.ts";

export interface RoundChooser {
  roundsOf(seed: number): Promise<number>;
  free(): void;
}

/**
 * How many rounds a model of some training rows gets: the spec's, or with early stopping those that did best on an inner fold of the same
 * rows. Each seed has its own, so that no model depends on which others were trained beside it.
 */
export function createRoundChooser({ api, matrix, task }: UnitContext, inner: Fold | undefined, field: string): RoundChooser {
  const { spec } = task;
  const patience = spec.early_stopping?.patience;
  if (inner === undefined || patience === undefined) return { roundsOf: async () => spec.rounds, free: () => undefined };
  const train = labelledRows(api, matrix, inner.train, `${field}.train`);
  const test = createDMatrix(api, rowsOf(matrix, inner.test), matrix.columns);
  const labels = matrix.label.subarray(inner.test.start, inner.test.end);
  return {
    roundsOf: async (seed) => {
      const best = new BestRounds(labels, patience);
      const isEnough = (booster: { predict: (rows: typeof test) => Float32Array }, round: number) => best.add(round, booster.predict(test));
      const booster = await trainBooster(api, train, spec, seed, { most: spec.rounds, isEnough });
      booster.free();
      return best.rounds;
    },
    free: () => {
      train.free();
      test.free();
    },
  };
}
