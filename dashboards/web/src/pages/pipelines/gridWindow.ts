/** Which of many columns are drawn, and where the keyboard goes among them. */

export interface Span {
  readonly from: number;
  /** The first that is not in it. */
  readonly to: number;
}

/** Columns come and go in blocks of so many, so that most steps of a scroll draw nothing. */
const BLOCK = 16;
/** Blocks that are drawn before they are seen. */
const AHEAD = 1;

/** The columns to draw of a frame of `width` px that is scrolled by `scroll_left` px over `count` columns of `column_px`. */
export function windowOf({
  scroll_left,
  width,
  column_px,
  count,
}: {
  readonly scroll_left: number;
  readonly width: number;
  readonly column_px: number;
  readonly count: number;
}): Span {
  const first = Math.floor(Math.max(0, scroll_left) / column_px / BLOCK) - AHEAD;
  const last = Math.ceil((Math.max(0, scroll_left) + width) / column_px / BLOCK) + AHEAD;
  const to = Math.min(count, last * BLOCK);
  return { from: Math.min(Math.max(0, first * BLOCK), to), to };
}

/** Where the keyboard is: `run` from 0, the newest; `task` from 0, and -1 for the run itself. */
export interface GridPlace {
  readonly run: number;
  readonly task: number;
}

const STRIDE = 10;

/** Where a key goes from a place; null: the key is not the grid's. It stays within `runs` x `tasks`. */
export function placeAfter(
  key: string,
  at: GridPlace,
  { runs, tasks, is_far = false }: { readonly runs: number; readonly tasks: number; readonly is_far?: boolean },
): GridPlace | null {
  const to = moved(key, at, runs, tasks, is_far);
  return to && { run: clamp(to.run, 0, runs - 1), task: clamp(to.task, -1, tasks - 1) };
}

function moved(key: string, { run, task }: GridPlace, runs: number, tasks: number, is_far: boolean): GridPlace | null {
  switch (key) {
    case "ArrowLeft":
      return { run: run - 1, task };
    case "ArrowRight":
      return { run: run + 1, task };
    case "ArrowUp":
      return { run, task: task - 1 };
    case "ArrowDown":
      return { run, task: task + 1 };
    case "PageUp":
      return { run: run - STRIDE, task };
    case "PageDown":
      return { run: run + STRIDE, task };
    case "Home":
      return { run: 0, task: is_far ? -1 : task };
    case "End":
      return { run: runs - 1, task: is_far ? tasks - 1 : task };
    default:
      return null;
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** The scroll position that shows a column, as near to the present one as can be. */
export function scrollTo(
  column: number,
  { scroll_left, width, column_px }: { scroll_left: number; width: number; column_px: number },
): number {
  const left = column * column_px;
  if (left < scroll_left) return left;
  return left + column_px > scroll_left + width ? left + column_px - width : scroll_left;
}
