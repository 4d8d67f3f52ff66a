import type { Fold, RowRange } from "../contracts/training.ts";
import { counted } from "../domain/counted.ts";
import type { Instant } from "../domain/instant.ts";
import { AppError } from "../errors.ts";

/**
 * Throws leak_detected unless every row's features, of the market and of news, were known at its event time, every fold trains only on
 * labels that were decided before its test block begins, and no row is tested twice. Independent of how rows and folds were made: it looks
 * at times, not at the join's or the splitter's rule.
 */
export function assertNoLeak(folds: readonly Fold[], { event_times, label_ends, known_at }: RowTimes, embargo_ms = 0): void {
  requireKnownFeatures(event_times, known_at);
  let tested_until = 0;
  for (const [index, fold] of folds.entries()) {
    const name = `Fold ${index + 1}`;
    requireRange(`${name}, train`, fold.train, event_times.length);
    requireRange(`${name}, test`, fold.test, event_times.length);
    if (fold.test.start < tested_until) throw leak(`${name} tests row ${fold.test.start} again, or out of order.`, { fold: index });
    tested_until = fold.test.end;
    requireDecidedLabels(name, fold, event_times, label_ends, embargo_ms);
  }
}

export interface RowTimes {
  readonly event_times: ArrayLike<Instant>;
  readonly label_ends: ArrayLike<Instant>;
  /** When the last of each row's features became known. */
  readonly known_at: ArrayLike<Instant>;
}

function requireKnownFeatures(event_times: ArrayLike<Instant>, known_at: ArrayLike<Instant>): void {
  for (let row = 0; row < event_times.length; row++) {
    // Written so that a NaN time, or none, fails too.
    if (known_at[row]! <= event_times[row]!) continue;
    throw leak(`Row ${row} is of ${event_times[row]}, but one of its features became known at ${known_at[row]}.`, {
      row,
      event_time: event_times[row],
      known_at: known_at[row],
    });
  }
}

function requireDecidedLabels(
  name: string,
  { train, test }: Fold,
  event_times: ArrayLike<Instant>,
  label_ends: ArrayLike<Instant>,
  embargo_ms: number,
): void {
  let first_test = Number.POSITIVE_INFINITY;
  for (let row = test.start; row < test.end; row++) first_test = Math.min(first_test, event_times[row]!);
  for (let row = train.start; row < train.end; row++) {
    // Written so that a NaN time fails too.
    if (label_ends[row]! <= first_test - embargo_ms) continue;
    throw leak(
      `${name} trains on row ${row}, whose label is decided at ${label_ends[row]}, but its test block begins at ${first_test} (embargo ${embargo_ms} ms).`,
      { row, label_end: label_ends[row], first_test, embargo_ms },
    );
  }
}

function requireRange(name: string, { start, end }: RowRange, rows: number): void {
  if (Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= rows) return;
  throw leak(`${name}: rows ${start} to ${end} are not a non-empty range within ${counted(rows, "row")}.`, { start, end, rows });
}

function leak(message: string, details: Readonly<Record<string, unknown>>): AppError {
  return new AppError("leak_detected", message, { details });
}
