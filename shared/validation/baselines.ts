import type { Fold, RowRange } from "../contracts/training.ts";
import { counted } from "../domain/counted.ts";
import { AppError } from "../errors.ts";
import { logisticBaseline } from "./logistic/logisticBaseline.ts";

export interface BaselineInput {
  readonly folds: readonly Fold[];
  /** Labels of all dataset rows, 1 = rise. */
  readonly y: ArrayLike<number>;
  /** Last return known at each row's event time, over one bar or about as many as the label looks ahead; null or NaN where there is none. */
  readonly past_return: ArrayLike<number | null>;
  /** The model's features, column by column; NaN where one is missing. */
  readonly features: readonly ArrayLike<number>[];
  readonly horizon_bars: number;
  /** Whose each row is, of a set of several instruments: shares of rises are then of its own instrument's rows. */
  readonly instruments?: ArrayLike<string>;
}

/** Out-of-fold probabilities of a rise; entry i of each belongs to dataset row `rows[i]`. */
export interface BaselinePredictions {
  readonly rows: Uint32Array;
  readonly majority: Float64Array;
  readonly momentum: Float64Array;
  readonly logistic: Float64Array;
}

type Move = "up" | "down" | "none";

/**
 * What any model must beat, computed as honestly as the model itself: every fold's numbers come from its training rows only.
 *
 * majority: the share of rises in training, for every test row. It is the best constant, and what a random walk with drift says
 * (Meese & Rogoff 1983, JIE 14).
 * momentum: the share of rises in training among rows whose last return had the same sign. So calibrated, it also catches reversal
 * (Moskowitz, Ooi & Pedersen 2012, JFE 104, for the idea). A row without a move, or with a sign that training never saw, gets the majority's.
 * logistic: an L2-regularised logistic regression on the model's features (logisticBaseline.ts).
 */
export function baselinePredictions({ folds, y, past_return, features, horizon_bars, instruments }: BaselineInput): BaselinePredictions {
  if (y.length !== past_return.length)
    throw new AppError("invalid_request", `Baselines: ${counted(y.length, "label")} for ${counted(past_return.length, "return")}.`);
  const size = folds.reduce((total, { test }) => total + test.end - test.start, 0);
  const [majority, momentum] = [new Float64Array(size), new Float64Array(size)];
  const rows = new Uint32Array(size);
  let at = 0;
  for (const { train, test } of folds) {
    const known = ratesByInstrument(train, y, past_return, instruments);
    for (let row = test.start; row < test.end; row++, at++) {
      const rates = known(row);
      rows[at] = row;
      majority[at] = rates.none;
      momentum[at] = rates[moveOf(past_return[row])];
    }
  }
  return { rows, majority, momentum, logistic: logisticBaseline(folds, features, y, horizon_bars) };
}

/** The rates of a row's instrument; those of all rows for one that training never saw. */
function ratesByInstrument(
  train: RowRange,
  y: ArrayLike<number>,
  past_return: ArrayLike<number | null>,
  instruments: ArrayLike<string> | undefined,
): (row: number) => Record<Move, number> {
  const all = riseRates(train, y, past_return);
  if (instruments === undefined) return () => all;
  const trained = new Set(Array.from(instruments).slice(train.start, train.end));
  const own = new Map([...trained].map((name) => [name, riseRates(train, y, past_return, (row) => instruments[row] === name)]));
  return (row) => own.get(instruments[row]!) ?? all;
}

/** Share of rises in the rows of `train` that belong: over all ("none"), and after an up or a down move. */
function riseRates(
  train: RowRange,
  y: ArrayLike<number>,
  past_return: ArrayLike<number | null>,
  belongs: (row: number) => boolean = () => true,
): Record<Move, number> {
  const rises = { up: 0, down: 0, none: 0 };
  const counts = { up: 0, down: 0, none: 0 };
  for (let row = train.start; row < train.end; row++) {
    if (!belongs(row)) continue;
    const label = y[row];
    if (label !== 0 && label !== 1) throw new AppError("invalid_request", `Baselines: y of row ${row} is ${label}; it must be 0 or 1.`);
    const move = moveOf(past_return[row]);
    counts[move]++;
    rises[move] += label;
  }
  const total = counts.up + counts.down + counts.none;
  if (total < 1) throw new AppError("not_enough_data", `Baselines: a fold has no training rows (${train.start} to ${train.end}).`);
  const base = (rises.up + rises.down + rises.none) / total;
  return {
    up: counts.up > 0 ? rises.up / counts.up : base,
    down: counts.down > 0 ? rises.down / counts.down : base,
    none: base,
  };
}

function moveOf(last_return: number | null | undefined): Move {
  const move = last_return ?? 0;
  if (move > 0) return "up";
  return move < 0 ? "down" : "none";
}
