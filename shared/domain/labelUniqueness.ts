/**
 * Average uniqueness of every label among all that are given: 1 for one that shares its time with no other, 1/h for one among rows of
 * every bar that all look h bars ahead. A label lasts from `starts[i]` to `ends[i]`; time is cut at every moment where any of them
 * begins or ends, c_t labels last over the piece t, and
 *
 *   u_i = mean of 1 / c_t over the pieces of label i.
 *
 * Their sum is the number of independent labels that overlapping ones are worth. A label without any length counts as unique.
 * Reference: Lopez de Prado, Advances in Financial Machine Learning, 2018, ch. 4.3 and 4.4.
 */
export function labelUniqueness(starts: ArrayLike<number>, ends: ArrayLike<number>): Float64Array {
  const cuts = Float64Array.from(new Set([...Array.from(starts), ...Array.from(ends)])).sort();
  const at = new Map(Array.from(cuts, (cut, index) => [cut, index]));
  const [from, until] = [starts, ends].map((list) => Uint32Array.from(list, (moment) => at.get(moment)!)) as [Uint32Array, Uint32Array];
  const shares = summedShares(from, until, cuts.length);
  return Float64Array.from(from, (start, label) => {
    const pieces = until[label]! - start;
    return pieces <= 0 ? 1 : (shares[until[label]!]! - shares[start]!) / pieces;
  });
}

/** Entry t is the sum of 1 / c over the pieces before cut t. A piece that no label covers adds nothing, and none of them looks at it. */
function summedShares(from: Uint32Array, until: Uint32Array, cuts: number): Float64Array {
  const changes = new Int32Array(cuts);
  for (let label = 0; label < from.length; label++) {
    if (until[label]! <= from[label]!) continue;
    changes[from[label]!]!++;
    changes[until[label]!]!--;
  }
  const sums = new Float64Array(cuts);
  let open = 0;
  for (let piece = 0; piece + 1 < cuts; piece++) {
    open += changes[piece]!;
    sums[piece + 1] = sums[piece]! + (open > 0 ? 1 / open : 0);
  }
  return sums;
}
