/** Values of a sample by bin: the finite ones between the edges, and the missing ones (NaN), which are a bin of their own. */
export interface BinCounts {
  /** `counts[i]`: values in (edges[i - 1], edges[i]]; the first bin is open below, the last above. One more than there are edges. */
  readonly counts: readonly number[];
  readonly missing: number;
}

/** Ten bins: the convention under which 0.1 and 0.25 are read (Siddiqi 2006, Credit Risk Scorecards, ch. 11). */
const BINS = 10;

/**
 * Upper edges of the bins: the deciles 10 % ... 90 % of the finite values, each once. A feature with few distinct values (a flag, a
 * session) gets a bin a value. No finite value: no edge.
 */
export function decileEdges(values: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length === 0) return [];
  const edges = new Set<number>();
  for (let q = 1; q < BINS; q++) edges.add(sorted[Math.ceil((q * sorted.length) / BINS) - 1]!);
  return [...edges];
}

export function countBins(edges: readonly number[], values: ArrayLike<number>): BinCounts {
  const counts = new Array<number>(edges.length + 1).fill(0);
  let missing = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) missing++;
    else counts[binOf(edges, value)]!++;
  }
  return { counts, missing };
}

/**
 * Population stability index of a sample against a reference over the same bins, the missing values among them:
 *
 *   PSI = sum_b (a_b - e_b) ln(a_b / e_b),   share_b = (count_b + 1/2) / (n + B/2)
 *
 * B counts the bins that either side uses. Half an observation in each keeps an empty bin finite. Symmetric, >= 0, and 0 for equal
 * counts. Under no drift it is near chi^2_{B-1} (1/n + 1/m): read it beside psiWithoutDrift. Null when a side is empty.
 * Reference: Yurdakul & Naranjo 2020, Journal of Risk Model Validation 14(4).
 */
export function populationStability(reference: BinCounts, sample: BinCounts): number | null {
  const shares = sharesOf(reference, sample);
  return shares === null ? null : shares.reduce((total, { e, a }) => total + (a - e) * Math.log(a / e), 0);
}

/** Of each bin that either side uses, its share of the reference and of the sample. Null when a side is empty. */
function sharesOf(reference: BinCounts, sample: BinCounts): readonly { readonly e: number; readonly a: number }[] | null {
  const expected = [...reference.counts, reference.missing];
  const actual = [...sample.counts, sample.missing];
  const [m, n] = [sum(expected), sum(actual)];
  if (m === 0 || n === 0) return null;
  const used = [...expected.keys()].filter((bin) => expected[bin]! + actual[bin]! > 0);
  return used.map((bin) => ({
    e: (expected[bin]! + 0.5) / (m + used.length / 2),
    a: (actual[bin]! + 0.5) / (n + used.length / 2),
  }));
}

/** What the index is on average when nothing has changed: (B - 1)(1/n + 1/m), for rows that do not depend on one another. */
export function psiWithoutDrift(bins: number, n: number, m: number): number {
  return (bins - 1) * (1 / n + 1 / m);
}

/**
 * Kullback-Leibler divergence of a sample from a reference over the same bins, in nats, with the half observations of populationStability:
 *
 *   KL = sum_b a_b ln(a_b / e_b)
 *
 * Not symmetric, >= 0, and 0 for equal shares. Null when a side is empty. Reference: Kullback & Leibler 1951, Annals of Mathematical Statistics 22(1).
 */
export function klDivergence(reference: BinCounts, sample: BinCounts): number | null {
  const shares = sharesOf(reference, sample);
  return shares === null ? null : shares.reduce((total, { e, a }) => total + a * Math.log(a / e), 0);
}

/** What the divergence is on average when nothing has changed: half of the index's, (B - 1)(1/n + 1/m) / 2. */
export function klWithoutDrift(bins: number, n: number, m: number): number {
  return psiWithoutDrift(bins, n, m) / 2;
}

export function missingShare({ counts, missing }: BinCounts): number {
  const total = sum(counts) + missing;
  return total === 0 ? 0 : missing / total;
}

/** Number of edges below the value. */
function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
