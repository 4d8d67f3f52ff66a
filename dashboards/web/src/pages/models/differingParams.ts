/** A parameter of several runs, in their order; undefined: the run has none of that name. */
export interface ParamRow {
  readonly name: string;
  readonly values: readonly (string | undefined)[];
  /** At least two of the runs have another value, or one has none. */
  readonly differs: boolean;
}

/** All parameters of the runs by name: those first in which they differ, since these are what is looked for. */
export function differingParams(runs: readonly ReadonlyMap<string, string>[]): readonly ParamRow[] {
  const names = [...new Set(runs.flatMap((params) => [...params.keys()]))].toSorted();
  const rows = names.map((name) => {
    const values = runs.map((params) => params.get(name));
    return { name, values, differs: new Set(values).size > 1 };
  });
  return rows.toSorted((a, b) => Number(b.differs) - Number(a.differs));
}
