import type { Fold } from "../contracts/training.ts";
import { counted } from "../domain/counted.ts";
import type { Instant } from "../domain/instant.ts";
import { AppError } from "../errors.ts";

export interface WalkForwardInput {
  /** When each row's features are known, ascending. */
  readonly event_times: ArrayLike<Instant>;
  /** When each row's label is decided: the end of the last bar that it looks at. Never before the row's event time. */
  readonly label_ends: ArrayLike<Instant>;
  readonly folds: number;
  /** Rows before the first test block. Purging takes the last few of them out of the first fold's training rows. */
  readonly min_train_rows: number;
  /**
   * Extra time between the last training label and the first test row. 0 is right for an expanding window, whose training rows all come
   * before the test block; more guards against labels that were decided late.
   */
  readonly embargo_ms: number;
}

/**
 * Purged walk-forward splits with an expanding window. The rows after the first `min_train_rows` are cut into `folds` contiguous test
 * blocks whose sizes differ by at most one. A fold trains on the leading rows with
 *
 *   label_end <= first test event_time - embargo
 *
 * so no training label was still open when the test block begins. Throws not_enough_data when a block or its training rows would be empty.
 * Reference: Lopez de Prado, Advances in Financial Machine Learning, 2018, ch. 7 (purging, embargo) and 12 (walk-forward).
 */
export function purgedWalkForward(input: WalkForwardInput): Fold[] {
  checkSettings(input);
  checkTimes(input.event_times, input.label_ends);
  const rows = input.event_times.length;
  const tail = rows - input.min_train_rows;
  if (tail < input.folds) {
    throw new AppError(
      "not_enough_data",
      `Walk-forward needs at least ${counted(input.min_train_rows + input.folds, "row")} (${input.min_train_rows} to train before the first of ${input.folds} test blocks); there are ${rows}.`,
      { details: { rows, min_train_rows: input.min_train_rows, folds: input.folds } },
    );
  }
  return Array.from({ length: input.folds }, (_, fold) => {
    const start = input.min_train_rows + Math.floor((fold * tail) / input.folds);
    const end = input.min_train_rows + Math.floor(((fold + 1) * tail) / input.folds);
    return { train: { start: 0, end: purgedTrainEnd(input, fold, start) }, test: { start, end } };
  });
}

/** Number of leading rows, before `test_start`, whose labels are all decided before the test block begins. */
function purgedTrainEnd({ event_times, label_ends, embargo_ms }: WalkForwardInput, fold: number, test_start: number): number {
  const decided_by = event_times[test_start]! - embargo_ms;
  const end = rowsDecidedBy(label_ends, test_start, decided_by);
  if (end > 0) return end;
  throw new AppError(
    "not_enough_data",
    `Walk-forward fold ${fold + 1}: none of the ${counted(test_start, "row")} before the test block has a label that is decided ${embargo_ms} ms before it begins. Use more rows, or a shorter embargo.`,
    { details: { fold, test_start, embargo_ms, first_label_end: label_ends[0], first_test_event_time: event_times[test_start] } },
  );
}

/** How many leading rows, of the first `rows`, have labels that are all decided by a moment. */
export function rowsDecidedBy(label_ends: ArrayLike<Instant>, rows: number, decided_by: Instant): number {
  let end = 0;
  while (end < rows && label_ends[end]! <= decided_by) end++;
  return end;
}

function checkSettings({ folds, min_train_rows, embargo_ms }: WalkForwardInput): void {
  if (!Number.isInteger(folds) || folds < 1)
    throw new AppError("invalid_request", `folds is ${folds}; it must be a whole number, 1 or more.`);
  if (!Number.isInteger(min_train_rows) || min_train_rows < 1) {
    throw new AppError("invalid_request", `min_train_rows is ${min_train_rows}; it must be a whole number, 1 or more.`);
  }
  if (!(embargo_ms >= 0 && Number.isFinite(embargo_ms)))
    throw new AppError("invalid_request", `embargo_ms is ${embargo_ms}; it must be 0 or more.`);
}

/** Throws invalid_request unless the rows ascend in event time and every label ends at or after its row. */
function checkTimes(event_times: ArrayLike<Instant>, label_ends: ArrayLike<Instant>): void {
  if (event_times.length !== label_ends.length) {
    throw new AppError("invalid_request", `${event_times.length} event times for ${label_ends.length} label ends.`);
  }
  for (let row = 0; row < event_times.length; row++) {
    const event_time = event_times[row]!;
    if (!Number.isFinite(event_time) || !Number.isFinite(label_ends[row])) {
      throw new AppError("invalid_request", `Row ${row}: event_time ${event_time} or label_end ${label_ends[row]} is not a time.`);
    }
    if (label_ends[row]! < event_time) {
      throw new AppError("invalid_request", `Row ${row}: its label ends at ${label_ends[row]}, before its event_time ${event_time}.`);
    }
    if (row > 0 && event_time < event_times[row - 1]!) {
      throw new AppError(
        "invalid_request",
        `Row ${row}: event_time ${event_time} is before that of the row above. Sort rows by event_time.`,
      );
    }
  }
}
