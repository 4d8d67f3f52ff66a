import type { ParityResult } from "../models/parity.ts";
import type { Verdict } from "./verdict.ts";

/** What is served must be what was trained: this project's evaluator gives XGBoost's float32 on every parity row. */
export function parityCheck({ rows, mismatches, largest_difference }: ParityResult): Verdict {
  const detail =
    rows === 0
      ? "no parity rows to compare"
      : mismatches === 0
        ? `equal to XGBoost bit for bit on ${rows} rows`
        : `${mismatches} of ${rows} rows differ from XGBoost, by up to ${largest_difference}`;
  return { name: "parity_check", passed: rows > 0 && mismatches === 0, detail };
}
