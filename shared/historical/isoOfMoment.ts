import { toIso } from "../domain/instant.ts";

/** RFC 3339 in UTC of milliseconds with microseconds behind them, with as many digits of a second as are wanted: none, 3 or 6. */
export function isoOfMoment(moment: number): string {
  const micros = Math.round(moment * 1_000);
  const rest = ((micros % 1_000) + 1_000) % 1_000;
  if (rest === 0) return toIso(micros / 1_000);
  const text = new Date((micros - rest) / 1_000).toISOString();
  return `${text.slice(0, -1)}${String(rest).padStart(3, "0")}Z`;
}
