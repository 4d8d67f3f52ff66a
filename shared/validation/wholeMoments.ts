import type { Fold } from "../contracts/training.ts";
import type { Instant } from "../domain/instant.ts";

/**
 * Folds whose test blocks begin and end between moments: where rows of several instruments are of one moment, none of them is tested with
 * one block and the others with the next. A block begins later by that, never earlier, so what was purged stays purged.
 * @param event_times of every row, ascending
 */
export function wholeMoments(folds: readonly Fold[], event_times: ArrayLike<Instant>): Fold[] {
  const between = (row: number) => {
    let at = row;
    while (at > 0 && at < event_times.length && event_times[at] === event_times[at - 1]) at++;
    return at;
  };
  return folds.map(({ train, test }) => ({ train, test: { start: between(test.start), end: between(test.end) } }));
}
