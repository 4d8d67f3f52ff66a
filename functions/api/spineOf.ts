import type { Instant } from "../../shared/domain/instant.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import { createEntityRows, type EntityRows } from "../../shared/historical/entityRows.ts";
import { type FeatureSelection, fieldsOf } from "../../shared/historical/featureSelection.ts";
import { invalidField } from "../../shared/historical/invalidField.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";

interface Span {
  readonly instruments: readonly string[];
  readonly from: Instant;
  /** Inclusive. */
  readonly to: Instant;
  readonly as_of: Instant;
  readonly max_rows: number;
  /** The field by which features are asked for. */
  readonly asked_by: "features" | "feature_service";
}

/**
 * Every moment of the span at which the view of the first feature has a row of an instrument, by instrument and time. No row of it brings
 * anything for features on demand that want it.
 */
export async function spineOf(
  { features }: { readonly features: Pick<FeatureStore, "eventTimes"> },
  selection: FeatureSelection,
  { instruments, from, to, as_of, max_rows, asked_by }: Span,
): Promise<EntityRows> {
  if (from > to) throw invalidField("from", "must not lie behind to");
  const [field] = fieldsOf(selection);
  if (field) {
    const problem = `asks for features that are computed of ${field.name}, which comes with each row: POST /get-historical-features`;
    throw invalidField(asked_by, problem);
  }
  const view = referenceOf(firstView(selection));
  const rows = createEntityRows(max_rows, (moment) => moment as number);
  for (const instrument of new Set(instruments)) {
    const moments = await features.eventTimes(instrument, view, { start: from - 1, end: to }, as_of);
    for (const moment of moments) rows.add(instrument, moment, (column) => (column === "instrument" ? "instruments" : column));
  }
  return rows.rows();
}

/** One of a feature on demand that wants no field has a stored input. */
function firstView({ features }: FeatureSelection): ViewSchema {
  const [first] = features;
  if (first && "view" in first) return first.view;
  return first!.inputs.flatMap((input) => ("view" in input ? [input.view] : []))[0]!;
}
