export interface FreshRow {
  readonly view: string;
  readonly instrument: string;
  readonly age_seconds: number | null;
  readonly market_age_seconds: number | null;
  readonly ttl_counts: "market_hours" | "wall_clock";
}

/** The age that is held against the time to live, s; null: there is no row. */
export function ageOf({
  age_seconds,
  market_age_seconds,
  ttl_counts,
}: Pick<FreshRow, "age_seconds" | "market_age_seconds" | "ttl_counts">): number | null {
  return ttl_counts === "market_hours" ? market_age_seconds : age_seconds;
}

/** The rows as a grid: views across, pairs down, both as they come. */
export function freshnessGrid<Row extends FreshRow>(
  rows: readonly Row[],
): {
  readonly views: readonly string[];
  readonly pairs: readonly { readonly instrument: string; readonly by_view: ReadonlyMap<string, Row> }[];
} {
  const views = [...new Set(rows.map(({ view }) => view))];
  const pairs = [...Map.groupBy(rows, ({ instrument }) => instrument)].map(([instrument, own]) => ({
    instrument,
    by_view: new Map(own.map((row) => [row.view, row])),
  }));
  return { views, pairs };
}
