import { figureOf } from "./figureOf.ts";

export interface BinRow {
  readonly name: string;
  /** Shares of one. */
  readonly training: number;
  readonly now: number;
}

export interface SpreadView {
  readonly bins: readonly {
    readonly above: number | null;
    readonly to: number | null;
    readonly training: number;
    readonly now: number;
  }[];
  /** Shares of rows without a value, which are in no bin. */
  readonly missing: number;
  readonly missing_in_training: number;
}

/** Bins as shares of their rows, in words, and what is missing as a bin of its own where anything is. */
export function binRows(
  { bins, missing, missing_in_training }: SpreadView,
  { rows, training_rows }: { readonly rows: number; readonly training_rows: number },
): readonly BinRow[] {
  const share = (count: number, of: number) => (of === 0 ? 0 : count / of);
  const named = bins.map(({ above, to, training, now }) => ({
    name: nameOf(above, to),
    training: share(training, training_rows),
    now: share(now, rows),
  }));
  return missing + missing_in_training > 0 ? [...named, { name: "missing", training: missing_in_training, now: missing }] : named;
}

const DIGITS = 3;
const short = (value: number) => figureOf(Number(value.toPrecision(DIGITS)));

function nameOf(above: number | null, to: number | null): string {
  if (above === null) return to === null ? "any value" : `to ${short(to)}`;
  return to === null ? `above ${short(above)}` : `${short(above)} to ${short(to)}`;
}
