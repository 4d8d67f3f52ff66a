import type { Fold } from "../contracts/training.ts";
import { byCount } from "../domain/byCount.ts";
import { counted } from "../domain/counted.ts";
import type { Instant } from "../domain/instant.ts";
import { AppError } from "../errors.ts";
import { rowsDecidedBy } from "./walkForward.ts";

/** Share of the training rows, the newest, by which the number of rounds is chosen. */
const TEST_SHARE = 0.2;

export interface RowsInTime {
  readonly event_times: ArrayLike<Instant>;
  readonly label_ends: ArrayLike<Instant>;
}

/**
 * A fold within the leading `rows` training rows, to choose by what must not be chosen by their own test rows: the newest fifth is tested,
 * and what is older and decided before it begins is trained on. Throws not_enough_data where either would be empty.
 */
export function innerFold({ event_times, label_ends }: RowsInTime, rows: number): Fold {
  const start = rows - Math.floor(rows * TEST_SHARE);
  const end = start < rows ? rowsDecidedBy(label_ends, start, event_times[start]!) : 0;
  if (end > 0) return { train: { start: 0, end }, test: { start, end: rows } };
  throw new AppError(
    "not_enough_data",
    `${counted(rows, "training row")} ${byCount(rows, "is", "are")} too few to choose the number of rounds by their newest fifth.`,
    {
      details: { rows },
    },
  );
}
