import { MISSING } from "../../format/number.ts";

/** How far back a value looks: 20 bars. */
export function lookbackOf({
  lookback,
  lookback_unit,
}: {
  readonly lookback: number | null;
  readonly lookback_unit: "bars" | "hours" | null;
}): string {
  if (lookback === null) return MISSING;
  const unit = lookback_unit ?? "bars";
  return `${lookback} ${lookback === 1 ? unit.slice(0, -1) : unit}`;
}
