import type { RowRange } from "../../shared/contracts/training.ts";
import { labelUniqueness } from "../../shared/domain/labelUniqueness.ts";
import { AppError } from "../../shared/errors.ts";
import type { CApi } from "../xgboost/cApi.ts";
import { createDMatrix, type DMatrix } from "../xgboost/dMatrix.ts";
import type { Matrix } from "./readMatrix.ts";

/** A contiguous range is a view on the matrix, not a copy. */
export function rowsOf(matrix: Matrix, range: RowRange): Float32Array {
  return matrix.data.subarray(range.start * matrix.columns, range.end * matrix.columns);
}

/**
 * Rows to train on, weighed by their labels' uniqueness among themselves where the matrix has their times: what lies outside the range, and
 * so in the future of a fold, has no say. One class alone gives a base score of 0 or 1, whose logit is infinite: nothing can be learnt, so
 * it is said instead.
 */
export function labelledRows(api: CApi, matrix: Matrix, range: RowRange, field: string): DMatrix {
  const label = matrix.label.subarray(range.start, range.end);
  const ones = label.reduce((sum, value) => sum + value, 0);
  if (ones === 0 || ones === label.length) {
    const only = ones === 0 ? 0 : 1;
    throw new AppError("not_enough_data", `${field}: rows ${range.start} to ${range.end} hold only label ${only}, both 0 and 1 are needed`);
  }
  return createDMatrix(api, rowsOf(matrix, range), matrix.columns, label, weightsOf(matrix, range));
}

/** How much each row weighs beside the others of the range; undefined: all the same. */
export function weightsOf({ spans, data, columns }: Matrix, { start, end }: RowRange): Float32Array | undefined {
  if (spans === undefined) return undefined;
  const { among } = spans;
  if (among === undefined) return Float32Array.from(labelUniqueness(spans.start.subarray(start, end), spans.end.subarray(start, end)));
  const weights = new Float32Array(end - start);
  for (const rows of Map.groupBy(rowNumbers(start, end), (row) => among.find((column) => data[row * columns + column] === 1)).values()) {
    const unique = labelUniqueness(
      rows.map((row) => spans.start[row]!),
      rows.map((row) => spans.end[row]!),
    );
    for (const [index, row] of rows.entries()) weights[row - start] = unique[index]!;
  }
  return weights;
}

function rowNumbers(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_value, index) => start + index);
}
