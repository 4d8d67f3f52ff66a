/**
 * Of what counters have a series from the start, at 0: increase() and rate() see nothing of the sample with which a series appears, so that what
 * happens once a day would never have happened.
 */
export interface KnownSeries {
  readonly instruments: readonly string[];
  readonly dag_ids: readonly string[];
  /** Routes whose answers alerts judge. */
  readonly routes: readonly KnownRoute[];
}

export interface KnownRoute {
  readonly path: string;
  readonly method: string;
  readonly family: { readonly name: string };
}
