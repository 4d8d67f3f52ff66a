interface Contribution {
  readonly feature: string;
  readonly value: number | null;
  readonly contribution: number;
}

/** The first `count` by size, and the sum of all others. */
export function largest(contributions: readonly Contribution[], count: number) {
  const sorted = [...contributions].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const others = sorted.slice(count);
  return {
    shown: sorted.slice(0, count),
    rest: { count: others.length, contribution: others.reduce((sum, { contribution }) => sum + contribution, 0) },
  };
}
