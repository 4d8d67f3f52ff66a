/** The word that goes with a number of things: `one` with 1, `others` with all else, nothing among them. */
export function byCount(count: number, one: string, others: string): string {
  return count === 1 ? one : others;
}
