export interface RunningInput {
  /** Ascending. */
  readonly event_time: ArrayLike<number>;
  readonly label_end: ArrayLike<number>;
  /** 1 = rise. */
  readonly y: ArrayLike<number>;
  /** Last one-bar return known at each row's event time; NaN where there is none. */
  readonly ret_1: ArrayLike<number>;
}

interface Tally {
  rises: number;
  rows: number;
}

/**
 * What needs no model, of each row from what was decided by its event time alone:
 *
 *   majority: (rises + 1) / (rows + 2) of all rows before, momentum: the same of the rows whose last return had the row's sign
 *
 * so that momentum also says reversal where there is any. Laplace's one and two make the first rows say 1/2.
 */
export function runningBaselines({ event_time, label_end, y, ret_1 }: RunningInput) {
  const all: Tally = { rises: 0, rows: 0 };
  const moved = new Map<number, Tally>();
  const [majority, momentum] = [new Float64Array(y.length), new Float64Array(y.length)];
  let decided = 0;
  for (let row = 0; row < y.length; row++) {
    for (; decided < row && label_end[decided]! <= event_time[row]!; decided++) {
      count(all, y[decided]!);
      count(tallyOf(moved, ret_1[decided]!), y[decided]!);
    }
    majority[row] = shareOf(all);
    momentum[row] = Number.isNaN(ret_1[row]!) ? majority[row]! : shareOf(tallyOf(moved, ret_1[row]!));
  }
  return { majority, momentum };
}

function tallyOf(moved: Map<number, Tally>, ret: number): Tally {
  const sign = Math.sign(ret);
  const known = moved.get(sign) ?? { rises: 0, rows: 0 };
  moved.set(sign, known);
  return known;
}

function count(tally: Tally, y: number): void {
  tally.rises += y;
  tally.rows += 1;
}

function shareOf({ rises, rows }: Tally): number {
  return (rises + 1) / (rows + 2);
}
