import { float32Exp } from "./float32Exp.ts";
import { float32Log } from "./float32Log.ts";

/** XGBoost caps the exponent here so that expf stays finite (src/common/math.h). */
const LARGEST_EXPONENT = Math.fround(88.7);

/**
 * XGBoost's sigmoid, every operation in float32: 1 / (expf(min(-x, 88.7)) + 1).
 * XGBoost also adds 1e-16 to the denominator, which float32 cannot show beside a number of at least 1.
 * Reference: xgboost src/common/math.h, Sigmoid(float).
 */
export function float32Sigmoid(margin: number): number {
  const exponent = Math.min(-margin, LARGEST_EXPONENT);
  return Math.fround(1 / Math.fround(float32Exp(exponent) + 1));
}

/**
 * XGBoost's logit, every operation in float32: -logf(1/p - 1), for a float32 p in (0, 1).
 * Reference: xgboost src/common/math.h, Logit(float).
 */
export function float32Logit(probability: number): number {
  return -float32Log(Math.fround(Math.fround(1 / probability) - 1));
}
