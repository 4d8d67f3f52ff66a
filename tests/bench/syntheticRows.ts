import { HOUR, type Instant } from "../../shared/domain/instant.ts";
import { createRandom } from "../../shared/domain/random.ts";
import { rangeOf } from "../../shared/features/checks/rangeOf.ts";
import type { ViewFeature, ViewSchema } from "../../shared/features/viewSchema.ts";
import type { FeatureRow } from "../../shared/ports/featureStore.ts";

/** Every 50th value is missing, as warm-ups and an instrument's own leg leave them. */
const MISSING_EVERY = 50;

/** Rows of random values, one for each hour after `start`. */
export function syntheticRows(width: number, start: Instant, count: number): FeatureRow[] {
  return Array.from({ length: count }, (_, index) => syntheticRow(width, start + (index + 1) * HOUR));
}

/** The same with every value in the range of its feature, as rows must be that a step serves. */
export function soundRows({ features }: ViewSchema, start: Instant, count: number): FeatureRow[] {
  return syntheticRows(features.length, start, count).map((row) => ({
    ...row,
    values: row.values.map((value, at) => sound(value, features[at]!)),
  }));
}

function sound(value: number, feature: ViewFeature): number {
  const { min, max, whole } = rangeOf(feature);
  const inside = Math.min(max, Math.max(min, value));
  return whole ? Math.ceil(inside) : inside;
}

export function syntheticRow(width: number, event_time: Instant): FeatureRow {
  const random = createRandom(event_time / HOUR);
  const values = Float64Array.from({ length: width }, (_, column) => (column % MISSING_EVERY === 1 ? Number.NaN : random() - 0.5));
  return { event_time, created_time: event_time, available_at: event_time, values };
}
