/** Bins of the values, of about equal size: enough for a feature that tells at both ends, too few to learn noise by. */
const BINS = 10;
/** Test blocks, each predicted by what lay before it. */
const BLOCKS = 5;

/**
 * How often one feature alone gets the direction right, out of fold: the rows from `first_tested` on are cut into five blocks, and in each a
 * row is predicted by the majority of the earlier rows whose value lies in the same tenth of the earlier values. A row without a value
 * is not predicted. The last `horizon_bars` earlier rows are left out: their labels are not decided before the block begins.
 */
export function directionByFeature(
  values: Float64Array,
  y: Float64Array,
  first_tested: number,
  horizon_bars: number,
): { right: number; tested: number } {
  const counts = { right: 0, tested: 0 };
  for (let block = 0; block < BLOCKS; block++) {
    const at = (part: number) => first_tested + Math.floor((part * (values.length - first_tested)) / BLOCKS);
    const rule = learn(values, y, at(block) - horizon_bars);
    for (let row = at(block); row < at(block + 1); row++) {
      if (Number.isNaN(values[row]!)) continue;
      counts.tested++;
      if (rule(values[row]!) === y[row]) counts.right++;
    }
  }
  return counts;
}

/** The majority of each tenth among the first `rows` rows. */
function learn(values: Float64Array, y: Float64Array, rows: number): (value: number) => 0 | 1 {
  const known = values
    .slice(0, Math.max(0, rows))
    .filter((value) => !Number.isNaN(value))
    .sort();
  const edges = Array.from({ length: BINS - 1 }, (_, bin) => known[Math.floor(((bin + 1) * known.length) / BINS)] ?? Number.NaN);
  const binOf = (value: number) => edges.reduce((bin, edge) => (value >= edge ? bin + 1 : bin), 0);
  const balance = new Float64Array(BINS);
  for (let row = 0; row < rows; row++) if (!Number.isNaN(values[row]!)) balance[binOf(values[row]!)]! += y[row] === 1 ? 1 : -1;
  return (value) => (balance[binOf(value)]! >= 0 ? 1 : 0);
}
