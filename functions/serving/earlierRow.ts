import type { Instant } from "../../shared/domain/instant.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import type { FeatureRow, FeatureStore } from "../../shared/ports/featureStore.ts";

/**
 * The row of `rows_back` rows before the one of `event_time`, as it is known at `now`; null where there is none. For lags on demand of a row
 * that is served: the online store has the newest row alone.
 */
export async function earlierRow(
  { features }: { readonly features: Pick<FeatureStore, "eventTimeBefore" | "read"> },
  instrument: string,
  view: ViewSchema,
  event_time: Instant,
  rows_back: number,
  now: Instant,
): Promise<FeatureRow | null> {
  const reference = referenceOf(view);
  const earlier = await features.eventTimeBefore(instrument, reference, rows_back, { until: event_time, as_of: now });
  if (earlier === null) return null;
  const [row] = await features.read(instrument, reference, { start: earlier - 1, end: earlier }, now);
  return row ?? null;
}
