import type { Verdict } from "./verdict.ts";

/** Shares of importance are float32 gains divided by their sum: they add up to 1 within this. */
const SUM_TOLERANCE = 1e-3;

/**
 * Importance must be a distribution over the model's own features.
 * @param importance share of the total gain by feature
 */
export function importanceCheck(importance: Readonly<Record<string, number>>, feature_names: readonly string[]): Verdict {
  const fail = (detail: string): Verdict => ({ name: "importance_check", passed: false, detail });
  const known = new Set(feature_names);
  const shares = Object.entries(importance).sort(([, a], [, b]) => b - a);
  const unknown = shares.filter(([name]) => !known.has(name)).map(([name]) => name);
  if (unknown.length > 0) return fail(`features that the model does not have: ${unknown.join(", ")}`);
  const odd = shares.find(([, share]) => !(share >= 0 && share <= 1));
  if (odd) return fail(`the share of ${odd[0]} is ${odd[1]}, not within 0 and 1`);
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  if (!(Math.abs(total - 1) <= SUM_TOLERANCE)) return fail(`shares add up to ${total}, not 1`);
  const [name, share] = shares[0]!;
  return { name: "importance_check", passed: true, detail: `highest share ${(100 * share).toFixed(1)} % in ${name}` };
}
