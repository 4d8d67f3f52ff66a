import type { CandleLine } from "../../../functions/local/import/candleLine.ts";
import { type CandlePart, isRun, jsonOf, originOf } from "../../../functions/local/import/candleRun.ts";

/** What a reader gave, a line each. */
export function linesOf(parts: readonly CandlePart[]): CandleLine[] {
  return parts.flatMap((part) => {
    if (!isRun(part)) return [part];
    const { rows, first, end, instrument, granularity } = part;
    return Array.from({ length: end - first }, (_, i): CandleLine => {
      const at = first + i;
      const json = jsonOf(rows, at, at + 1).slice(0, -1);
      return { ...originOf(rows, at), json, instrument, granularity, start: rows.starts[at]!, refusal: null };
    });
  });
}
