import { OWN_BARS } from "../../../../../shared/features/barsOf.ts";

/** Bars that a feature of the row of a pair is computed from: the last `lookback` ones of each of `pairs`. */
export interface BarsRead {
  readonly name: string;
  readonly lookback: number;
  readonly pairs: readonly string[];
}

/** Null where it reads no bars, as a feature about a pair in that pair's own rows. */
export function barsRead(
  {
    name,
    lookback,
    lookback_unit,
    bars_of,
    null_in_rows_of,
  }: {
    readonly name: string;
    readonly lookback: number | null;
    readonly lookback_unit: "bars" | "hours" | null;
    readonly bars_of: readonly string[];
    readonly null_in_rows_of: string | null;
  },
  pair: string,
): BarsRead | null {
  if (lookback === null || lookback_unit !== "bars" || null_in_rows_of === pair) return null;
  const pairs = bars_of.flatMap((one) => (one === OWN_BARS ? [pair] : one === pair ? [] : [one]));
  return pairs.length === 0 ? null : { name, lookback, pairs };
}
