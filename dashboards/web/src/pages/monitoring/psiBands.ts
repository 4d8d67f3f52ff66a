/** Where the convention draws the lines of a population stability index (Siddiqi 2006), with one more between what is large. */
const EDGES = [0, 0.05, 0.1, 0.25, 0.5, 1] as const;

export interface PsiBand {
  readonly name: string;
  /** How many features. */
  readonly count: number;
}

/** A histogram: how many features lie in each band of PSI, from 0 on. */
export function psiBands(values: readonly number[]): PsiBand[] {
  return EDGES.map((low, at) => {
    const high = EDGES[at + 1];
    const count = values.filter((value) => value >= low && (high === undefined || value < high)).length;
    return { name: high === undefined ? `${low} and more` : `${low} to ${high}`, count };
  });
}
