export interface ImportanceRow {
  readonly feature: string;
  readonly share: number;
  /** Of this feature and all above it. */
  readonly running: number;
}

/** Features that are split on at all, the largest share of the total gain first. */
export function rankedImportance(importance: Readonly<Record<string, number>>): readonly ImportanceRow[] {
  let running = 0;
  return Object.entries(importance)
    .filter(([, share]) => share > 0)
    .toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([feature, share]) => {
      running += share;
      return { feature, share, running };
    });
}
