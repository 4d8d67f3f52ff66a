import type { Instant, TimeWindow } from "../../../shared/domain/instant.ts";
import { joinedWindow, pointInTimeJoin } from "../../../shared/features/pointInTimeJoin.ts";
import { modelViews } from "../../../shared/features/views.ts";
import type { ModelCard } from "../../../shared/models/modelCard.ts";
import type { FeatureRow, RegisteredView } from "../../../shared/ports/featureStore.ts";
import type { Ports } from "../ports.ts";

export interface RecentColumns {
  readonly rows: number;
  /** The model's features, as the rows of the window have them; NaN where missing. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/**
 * The model's inputs over a window, as its end knew them: a row for each of its market view (the first of its card), and beside it the
 * rows of its other views that were known then.
 */
export async function recentColumns(ports: Ports, card: ModelCard, window: TimeWindow): Promise<RecentColumns> {
  const present = new Map(modelViews(ports.config).map((view) => [view.name, view]));
  const windowOf = (view: string, index: number) => (index === 0 ? window : joinedWindow(window, present.get(view) ?? UNKNOWN));
  const [market, ...others] = await Promise.all(
    card.views.map((view, index) => readView(ports, card.instrument, view, windowOf(view.view, index), window.end)),
  );
  if (!market) return { rows: 0, columns: new Map() };
  const columns = [...columnsOf(market.view, market.rows, card.feature_names)];
  for (const { view, rows } of others) {
    if (!view) continue;
    const { market_hours } = present.get(view.view) ?? UNKNOWN;
    const joined = pointInTimeJoin(market.rows, rows, { ttl_ms: view.ttl_ms, market_hours });
    const beside = joined.map(({ row }) => row);
    columns.push(...columnsOf(view, beside, card.feature_names));
  }
  return { rows: market.rows.length, columns: new Map(columns) };
}

/** Of a view that is not built any more. */
const UNKNOWN = { ttl_ms: 0, market_hours: false } as const;

async function readView(
  ports: Ports,
  instrument: string,
  { view, schema_hash }: Pick<RegisteredView, "view" | "schema_hash">,
  window: TimeWindow,
  as_of: Instant,
) {
  const registered = await ports.features.view(view, schema_hash);
  const rows = registered ? await ports.features.read(instrument, { view, schema_hash }, window, as_of) : [];
  return { view: registered, rows };
}

function columnsOf(view: RegisteredView | null, rows: readonly (FeatureRow | null)[], names: readonly string[]): Map<string, Float64Array> {
  const wanted = new Set(names);
  return new Map(
    (view?.features ?? []).flatMap(({ name }, index) =>
      wanted.has(name) ? [[name, Float64Array.from(rows, (row) => row?.values[index] ?? Number.NaN)] as const] : [],
    ),
  );
}
