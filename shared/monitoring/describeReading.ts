import type { Reading } from "./reading.ts";
import { ruleOf } from "./thresholds.ts";

/** The reading as a sentence for people: what, how much, against which limit, or why there is no number. */
export function describeReading({ check, subject, metric, value, threshold, status, details }: Reading): string {
  const what = `${metric}${subject === "" ? "" : ` of ${subject}`}`;
  const reason = typeof details["reason"] === "string" ? details["reason"] : null;
  if (value === null || status === "unknown") return `${what} is not known: ${reason ?? "no reason given"}.`;
  const { unit, bad } = ruleOf(check, metric);
  const side = bad === "below" ? "at least" : "at most";
  const limit = threshold === null ? "" : ` (${bad === "away_from_zero" ? "within +-" : `${side} `}${short(threshold)} is well)`;
  return `${what} is ${short(value)} ${unit}${limit}${reason === null ? "" : `: ${reason}`}.`;
}

/** Four figures are more than anybody acts on. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
