import type { RowRange } from "../../contracts/training.ts";

/** Standardised values further out than this are cut to it: one odd spread in a test block must not make a probability of 0 or 1. */
const OUTERMOST = 5;

/** What one column is scaled by, all of it from training rows. */
interface Scale {
  readonly median: number;
  readonly centre: number;
  readonly spread: number;
}

/**
 * Row-major design matrix of the given rows: a leading 1, then one column for each feature that varies in `train`:
 *
 *   z = (x - mean) / sd, cut to [-5, 5];   a missing x is the median of the present ones
 *
 * mean, sd and median are of the training rows alone, whatever rows are asked for.
 */
export function standardiser(features: readonly ArrayLike<number>[], train: RowRange) {
  const columns = features.flatMap((values) => {
    const scale = scaleOf(values, train);
    return scale === null ? [] : [{ values, scale }];
  });
  const width = columns.length + 1;
  return {
    width,
    design({ start, end }: RowRange): Float64Array {
      const matrix = new Float64Array((end - start) * width);
      for (let row = start; row < end; row++) {
        const at = (row - start) * width;
        matrix[at] = 1;
        for (const [column, { values, scale }] of columns.entries()) matrix[at + column + 1] = scaled(values[row]!, scale);
      }
      return matrix;
    },
  };
}

function scaled(value: number, { median, centre, spread }: Scale): number {
  const z = ((Number.isFinite(value) ? value : median) - centre) / spread;
  return Math.max(-OUTERMOST, Math.min(OUTERMOST, z));
}

/** Null for a column that is missing or the same in all training rows: nothing can be learnt from it. */
function scaleOf(values: ArrayLike<number>, { start, end }: RowRange): Scale | null {
  const present = new Float64Array(end - start);
  let count = 0;
  for (let row = start; row < end; row++) if (Number.isFinite(values[row]!)) present[count++] = values[row]!;
  if (count === 0) return null;
  const known = present.subarray(0, count).sort();
  const median = (known[(count - 1) >> 1]! + known[count >> 1]!) / 2;
  const missing = end - start - count;
  const centre = (known.reduce((sum, value) => sum + value, 0) + missing * median) / (end - start);
  const squares = known.reduce((sum, value) => sum + (value - centre) ** 2, 0) + missing * (median - centre) ** 2;
  const spread = Math.sqrt(squares / (end - start));
  // Rounding leaves a constant column with a spread of its last digits.
  return spread > 1e-9 * Math.abs(centre) ? { median, centre, spread } : null;
}
