/** Veltkamp's constant for 53-bit doubles, 2^27 + 1: splits a double into two halves whose products are exact. */
const SPLITTER = 134_217_729;

/**
 * `a * b + c` with one rounding, as a CPU's FMA instruction gives it. JavaScript has none, and the C library's `expf` and
 * `logf` are compiled to use it.
 *
 * Product: a b = p + e exactly (Dekker 1971, Veltkamp's split). Sum: p + c = s + t exactly (Knuth's TwoSum). Result: s + (t + e).
 * The inner sum is itself rounded, so the result may miss the true FMA by one last bit of a double when the exact value lies within
 * about 2^-53 of an ulp of a rounding tie; float32 results downstream see that with a chance of about 2^-80 a call.
 * Valid while nothing overflows or underflows: |a|, |b|, |c| well inside 2^-400..2^400, or zero.
 * Reference: Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971).
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const a_scaled = SPLITTER * a;
  const a_high = a_scaled - (a_scaled - a);
  const a_low = a - a_high;
  const b_scaled = SPLITTER * b;
  const b_high = b_scaled - (b_scaled - b);
  const b_low = b - b_high;
  const product_error = a_low * b_low - (product - a_high * b_high - a_low * b_high - a_high * b_low);
  const sum = product + c;
  const c_part = sum - product;
  const sum_error = product - (sum - c_part) + (c - c_part);
  return sum + (sum_error + product_error);
}
