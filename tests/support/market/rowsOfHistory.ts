import type { FeatureHistory, FeatureRow } from "../../../shared/ports/featureStore.ts";

/** The rows of a history one by one. */
export function rowsOfHistory({ event_time, created_time, available_at, pages }: FeatureHistory): readonly FeatureRow[] {
  return pages.flatMap(({ first, rows, width, values }) =>
    Array.from({ length: rows }, (_, i) => ({
      event_time: event_time[first + i]!,
      created_time: created_time[first + i]!,
      available_at: available_at[first + i]!,
      values: values.slice(i * width, (i + 1) * width),
    })),
  );
}
