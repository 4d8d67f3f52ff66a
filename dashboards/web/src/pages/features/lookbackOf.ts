import { counted } from "../../../../../shared/domain/counted.ts";
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
  return counted(lookback, lookback_unit === "hours" ? "hour" : "bar");
}
