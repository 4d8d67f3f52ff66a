const MOST = 3;

/** The known names that a wrong one may have been meant to be, the likeliest first; none where none is like it. */
export function nearestNames(name: string, known: readonly string[]): readonly string[] {
  const wanted = name.slice(0, 100).toLowerCase();
  return known
    .map((one) => ({ one, edits: distance(wanted, one.toLowerCase()), is_part: wanted !== "" && one.toLowerCase().includes(wanted) }))
    .filter(({ one, edits, is_part }) => is_part || edits <= Math.max(2, Math.floor(one.length / 3)))
    .toSorted((a, b) => a.edits - b.edits)
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** Levenshtein's: how many characters must be put in, taken out or changed. */
function distance(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = before[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(changed, before[j]! + 1, row[j - 1]! + 1));
    }
    before = row;
  }
  return before[other.length]!;
}
