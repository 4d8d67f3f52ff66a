import type { Fold, TrainingResult } from "../contracts/training.ts";
import { AppError } from "../errors.ts";

export interface TrainedPart {
  readonly folds: readonly Fold[];
  readonly result: Pick<TrainingResult, "out_of_fold" | "splits" | "parity" | "importance" | "rounds">;
}

/** The first fold has the profile's fewest rows of each pair on the average: of one that lacks some hours a few less. */
export function leastPartRows({ min_train_rows }: { readonly min_train_rows: number }): number {
  return min_train_rows / 2;
}

/**
 * A pooled training as that of one of its pairs: the folds in which the pair was tested, its rows by where they stand in its own set, and what
 * the folds' models said of them. A fold before which the pair has fewer than `min_train_rows` is left out with its predictions: nothing that the
 * pair alone could have known is there to judge it by.
 * @param rows of each row of the pair's own set, where it stands in the pooled one, ascending
 */
export function partOfTraining(
  name: string,
  rows: ArrayLike<number>,
  { folds, result }: { readonly folds: readonly Fold[]; readonly result: TrainingResult },
  min_train_rows: number,
): TrainedPart {
  const part = result.parts?.[name];
  if (part === undefined) throw new AppError("training_failed", `The training's result says nothing of ${name}: train again.`);
  const place = new Map(Array.from(rows, (row, own) => [row, own]));
  const before = (row: number) => lowerBound(rows, row);
  const own = folds.map(({ train, test }) => ({
    train: { start: before(train.start), end: before(train.end) },
    test: { start: before(test.start), end: before(test.end) },
  }));
  const kept = own.flatMap(({ train, test }, fold) => (train.end - train.start >= min_train_rows && test.end > test.start ? [fold] : []));
  const is_tested = (row: number) => kept.some((fold) => row >= folds[fold]!.test.start && row < folds[fold]!.test.end);
  const { out_of_fold, splits, rounds } = result;
  const tested = out_of_fold.rows.flatMap((row, index) => (place.has(row) && is_tested(row) ? [index] : []));
  const ofFolds = (table: readonly (readonly number[])[]) => table.map((seed) => kept.map((fold) => seed[fold]!));
  return {
    folds: kept.map((fold) => own[fold]!),
    result: {
      out_of_fold: {
        rows: tested.map((index) => place.get(out_of_fold.rows[index]!)!),
        predictions: out_of_fold.predictions.map((seed) => tested.map((index) => seed[index]!)),
      },
      splits: { out_of_fold: ofFolds(splits.out_of_fold), model: part.splits },
      ...(rounds ? { rounds: { out_of_fold: ofFolds(rounds.out_of_fold), model: rounds.model } } : {}),
      parity: { rows: part.parity.rows.map((row) => requirePlace(place, row, name)), predictions: part.parity.predictions },
      importance: part.importance,
    },
  };
}

function requirePlace(place: ReadonlyMap<number, number>, row: number, name: string): number {
  const own = place.get(row);
  if (own !== undefined) return own;
  throw new AppError("schema_mismatch", `Row ${row} of the pooled training set, which ${name} is compared on, is not a row of ${name}.`);
}

/** How many of the ascending values are below `limit`. */
function lowerBound(values: ArrayLike<number>, limit: number): number {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (values[middle]! < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}
