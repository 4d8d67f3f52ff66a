import type { ViewSchema } from "../features/viewSchema.ts";
import type { FeatureSelection } from "../historical/featureSelection.ts";
import type { OnlineRow } from "../ports/onlineStore.ts";

/** The row of so many rows of a view before the newest. */
export interface EarlierRow {
  readonly view: ViewSchema;
  readonly rows_back: number;
}

/** What of an instrument an answer is made of. */
export interface WantedRows {
  /** Those whose newest row is wanted. */
  readonly views: readonly ViewSchema[];
  readonly earlier: readonly EarlierRow[];
}

/** What there is of it. */
export interface InstrumentRows {
  /** A view without a row is left out. */
  readonly newest: ReadonlyMap<ViewSchema, OnlineRow>;
  /** By `earlierKey`, the values of those that there are. */
  readonly earlier: ReadonlyMap<string, Float64Array>;
}

export function earlierKey({ view, rows_back }: EarlierRow): string {
  return `${view.name}@${view.schema_hash} ${rows_back}`;
}

/** Each once, in the order of its first use. */
export function wantedRows({ features }: FeatureSelection): WantedRows {
  const views = new Set<ViewSchema>();
  const earlier = new Map<string, EarlierRow>();
  for (const feature of features) {
    if ("view" in feature) {
      views.add(feature.view);
      continue;
    }
    for (const input of feature.inputs) {
      if ("field" in input) continue;
      views.add(input.view);
      if (input.rows_back > 0) earlier.set(earlierKey(input), input);
    }
  }
  return { views: [...views], earlier: [...earlier.values()] };
}
