import type { Instant } from "../../shared/domain/instant.ts";
import { referenceOf } from "../../shared/features/viewSchema.ts";
import { createEntityRows, type EntityRows } from "../../shared/historical/entityRows.ts";
import type { FeatureSelection } from "../../shared/historical/featureSelection.ts";
import { invalidField } from "../../shared/historical/invalidField.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";

interface Span {
  readonly instruments: readonly string[];
  readonly from: Instant;
  /** Inclusive. */
  readonly to: Instant;
  readonly as_of: Instant;
  readonly max_rows: number;
}

/** Every moment of the span at which the view of the first feature has a row of an instrument, by instrument and time. */
export async function spineOf(
  { features }: { readonly features: Pick<FeatureStore, "eventTimes"> },
  selection: FeatureSelection,
  { instruments, from, to, as_of, max_rows }: Span,
): Promise<EntityRows> {
  if (from > to) throw invalidField("from", "must not lie behind to");
  const view = referenceOf(selection.features[0]!.view);
  const rows = createEntityRows(max_rows, (moment) => moment as number);
  for (const instrument of new Set(instruments)) {
    const moments = await features.eventTimes(instrument, view, { start: from - 1, end: to }, as_of);
    for (const moment of moments) rows.add(instrument, moment, (column) => (column === "instrument" ? "instruments" : column));
  }
  return rows.rows();
}
