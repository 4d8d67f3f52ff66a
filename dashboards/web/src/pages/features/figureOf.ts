import { MISSING } from "../../format/number.ts";

const MINUS = "−";
const DIGITS = 6;

/**
 * A value of a feature, whose sizes differ by orders of magnitude: six significant digits without trailing zeros, and powers of ten where it
 * is too small for them.
 */
export function figureOf(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  if (value === 0) return "0";
  const size = Math.abs(value);
  const is_extreme = size < 1e-6 || size >= 1e9;
  const text = is_extreme
    ? size.toExponential(3).replace(/\.?0+e/, "e")
    : Number(size.toPrecision(DIGITS)).toLocaleString("en-US", { maximumSignificantDigits: DIGITS });
  return `${value < 0 ? MINUS : ""}${text}`;
}
