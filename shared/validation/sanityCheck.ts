import { byCount } from "../domain/byCount.ts";
import { counted } from "../domain/counted.ts";
import type { Verdict } from "./verdict.ts";

/** Fails when a probability lies outside (0, 1), or when all are the same. */
export function sanityCheck(predictions: ArrayLike<number>): Verdict {
  const verdict = (passed: boolean, detail: string): Verdict => ({ name: "sanity_check", passed, detail });
  if (predictions.length === 0) return verdict(false, "no predictions");
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < predictions.length; i++) {
    const p = predictions[i]!;
    if (!(p > 0 && p < 1)) return verdict(false, `prediction ${i} is ${p}, not inside (0, 1)`);
    lowest = Math.min(lowest, p);
    highest = Math.max(highest, p);
  }
  if (lowest === highest)
    return verdict(false, `all ${counted(predictions.length, "prediction")} ${byCount(predictions.length, "is", "are")} ${lowest}`);
  return verdict(true, `${counted(predictions.length, "prediction")} from ${lowest.toFixed(4)} to ${highest.toFixed(4)}`);
}
