import { mean } from "./meanInterval.ts";
import { normalQuantile } from "./normalQuantile.ts";

/**
 * Quantile of the distribution that the values are drawn from, by their mean m, standard deviation s and skewness g:
 *
 *   m + s (z + (z^2 - 1) g / 6),   z the normal quantile of `level`
 *
 * so that it reaches further out than the values themselves do. Of values that are all the same it is theirs.
 * Reference: Cornish & Fisher 1938; Abramowitz & Stegun 26.2.49.
 */
export function cornishFisher(values: Float64Array, level: number): number {
  const z = normalQuantile(level);
  const centre = mean(values);
  const moment = (power: number) => mean(values.map((value) => (value - centre) ** power));
  const spread = Math.sqrt(moment(2));
  if (spread === 0) return centre;
  return centre + spread * (z + ((z * z - 1) * moment(3)) / spread ** 3 / 6);
}
