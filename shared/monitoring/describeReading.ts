import type { MetricRule } from "./metricRule.ts";
import type { Reading } from "./reading.ts";
import { ruleOf } from "./thresholds.ts";

/** Units that say what the number is, and nothing of its size. */
const WITHOUT_WORD: ReadonlySet<string> = new Set(["ratio", "0 or 1"]);

/** As many as anybody reads in one sentence. */
const MAX_NAMED = 3;

/** The reading as a sentence for people: what, how much, against which limit, or why there is no number. */
export function describeReading({ check, subject, metric, value, threshold, status, details }: Reading): string {
  const what = `${metric}${subject === "" ? "" : ` of ${subject}`}`;
  const reason = typeof details["reason"] === "string" ? details["reason"] : null;
  if (value === null || status === "unknown") return `${what} is not known: ${reason ?? "no reason given"}.`;
  const { unit, bad } = ruleOf(check, metric);
  const size = unit === "0 or 1" ? (value >= 0.5 ? "yes" : "no") : `${short(value)}${WITHOUT_WORD.has(unit) ? "" : ` ${unit}`}`;
  return `${what} is ${size}${limitOf(bad, unit, threshold)}${worstOf(details)}${namesOf(details)}${reason === null ? "" : `: ${reason}`}.`;
}

function limitOf(bad: MetricRule["bad"], unit: string, threshold: number | null): string {
  if (threshold === null || unit === "0 or 1") return "";
  if (bad === "away_from_zero") return ` (within +-${short(threshold)} is well)`;
  return ` (${bad === "below" ? "at least" : "at most"} ${short(threshold)} is well)`;
}

/** A reading over many features is acted on where it is worst. */
function worstOf({ worst }: Reading["details"]): string {
  const first = Array.isArray(worst) ? (worst[0] as { feature?: unknown } | undefined)?.feature : undefined;
  return typeof first === "string" ? `, most in ${first}` : "";
}

/** Runs, tasks or whatever a count is of, where the reading names them. */
function namesOf({ named }: Reading["details"]): string {
  const names = Array.isArray(named) ? named.filter((name) => typeof name === "string") : [];
  if (names.length === 0) return "";
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : "";
  return `: ${names.slice(0, MAX_NAMED).join("; ")}${more}`;
}

/** Four figures are more than anybody acts on. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
