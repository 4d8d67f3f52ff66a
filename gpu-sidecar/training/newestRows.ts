import type { ModelPart } from "../../shared/contracts/training.ts";
import { AppError } from "../../shared/errors.ts";
import type { Matrix } from "./readMatrix.ts";

export interface NewestRows {
  /** Of the dataset, ascending. */
  readonly parity_rows: readonly number[];
  /** Row-major, of the part's own features. */
  readonly data: Float32Array;
  readonly columns: number;
}

/** The newest rows, `most` of them, in which every given feature has its value. Throws not_enough_data where there is none. */
export function newestRows(
  matrix: Matrix,
  feature_names: readonly string[],
  { name, given, feature_names: own }: ModelPart,
  most: number,
): NewestRows {
  const known = Object.entries(given).map(([feature, value]) => [feature_names.indexOf(feature), value ?? Number.NaN] as const);
  const is_own = (row: number) =>
    known.every(([column, value]) => Object.is(matrix.data[row * matrix.columns + column], Math.fround(value)));
  const parity_rows: number[] = [];
  for (let row = matrix.rows - 1; row >= 0 && parity_rows.length < most; row--) if (is_own(row)) parity_rows.unshift(row);
  if (parity_rows.length === 0) throw new AppError("not_enough_data", `parts: no row of the dataset has what is given of ${name}`);
  const open = own.map((feature) => feature_names.indexOf(feature));
  const data = new Float32Array(parity_rows.length * open.length);
  for (const [at, row] of parity_rows.entries())
    for (const [position, column] of open.entries()) data[at * open.length + position] = matrix.data[row * matrix.columns + column]!;
  return { parity_rows, data, columns: open.length };
}
