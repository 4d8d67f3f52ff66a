import { counted } from "../domain/counted.ts";
import { createRandom } from "../domain/random.ts";
import { type CalibrationBin, calibrationBins } from "../metrics/calibrationBins.ts";
import { eceOf } from "../metrics/calibrationError.ts";
import { cornishFisher } from "../metrics/cornishFisher.ts";
import { dependenceLag } from "../metrics/dependenceLag.ts";
import { rowsAMoment } from "../metrics/dependenceOf.ts";
import type { Verdict } from "./verdict.ts";

/** Chance that a validation run refuses any of its models though none is off by more than is tolerated; shared as skill_check's is. */
export const CALIBRATION_GATE_SIZE = 0.01;
/**
 * Mean distance between what a model says and what comes of it that is tolerated. Five points are more than any sound model here is off:
 * fitting noise strays by 2 points (skillCheck.ts), and strong regularisation leaves a model of a real signal less sure than it might be.
 * A model that is off by more says probabilities that are none: sigmoid of a margin in other units, classes the wrong way round.
 */
export const TOLERATED_ECE = 0.05;

/** Always the same: a verdict that is computed twice is the same verdict. */
const SEED = 20_250_627;
/** Enough for mean, spread and skewness of the error that is chance. */
const RESAMPLES = 500;

export interface CalibrationInput {
  /** Out-of-fold rows, ascending in time: what came of them, and the probability of a rise that would be served. */
  readonly y: ArrayLike<number>;
  readonly p: ArrayLike<number>;
  readonly horizon_bars: number;
  /** Of each row, where rows of several instruments may be of one moment. */
  readonly event_time?: ArrayLike<number>;
  /** Models that this validation run judges. */
  readonly models_judged: number;
}

/**
 * Fails when the expected calibration error is above TOLERATED_ECE by more than chance. The error of a perfectly calibrated model on n rows
 * is not 0 but about 0.4 sqrt(bins / n), so a fixed bound would refuse small sets for being small. Bin by bin |gap + noise| <= |gap| +
 * |noise|, so
 *
 *   ECE measured <= ECE true + ECE of the noise,
 *
 * and a model that is off by TOLERATED_ECE at most is refused only where the noise alone exceeds its quantile at CALIBRATION_GATE_SIZE /
 * models. The noise is resampled from the model's own rows: y - p less its bin's gap, the sign of each trading day's drawn at random (wild
 * bootstrap by blocks), so that what lingers or overlaps within a day counts; the quantile is that of its three moments (cornishFisher.ts).
 * Reference: Shao 2010, JASA 105(489), for the bootstrap.
 */
export function calibrationCheck({ y, p, horizon_bars, event_time, models_judged }: CalibrationInput): Verdict {
  const name = "calibration_check";
  const bins = calibrationBins({ y, p });
  if (bins.length === 0) return { name, passed: false, detail: "no out-of-fold rows to compare probabilities with outcomes on" };
  const measured = eceOf(bins);
  const together = event_time === undefined ? 1 : rowsAMoment(event_time);
  const block = Math.ceil((dependenceLag(y.length / together, horizon_bars) + 1) * together);
  const noise = cornishFisher(noiseOf(bins, { y, p }, block), 1 - CALIBRATION_GATE_SIZE / models_judged);
  const limit = TOLERATED_ECE + noise;
  const share = models_judged === 1 ? "" : ` shared by the ${counted(models_judged, "model")} of this run`;
  return {
    name,
    passed: measured <= limit,
    detail:
      `expected calibration error ${points(measured)} in ${counted(bins.length, "bin")} of ${counted(y.length, "row")}; refused above ${points(limit)}: ` +
      `${points(TOLERATED_ECE)} tolerated, and ${points(noise)} that chance alone exceeds in ${100 * CALIBRATION_GATE_SIZE} % of runs${share}`,
  };
}

/** Calibration errors of a calibrated model on rows like these. */
function noiseOf(bins: readonly CalibrationBin[], { y, p }: Pick<CalibrationInput, "y" | "p">, block: number): Float64Array {
  const blocks = Math.ceil(y.length / block);
  const sums = new Float64Array(bins.length * blocks);
  for (const [bin, { rows, mean_p, rate }] of bins.entries()) {
    for (const row of rows) sums[bin * blocks + Math.floor(row / block)]! += y[row]! - p[row]! - (rate - mean_p);
  }
  const random = createRandom(SEED);
  const signs = new Float64Array(blocks);
  return Float64Array.from({ length: RESAMPLES }, () => {
    for (let i = 0; i < blocks; i++) signs[i] = random() < 0.5 ? -1 : 1;
    return drawnError(sums, signs) / y.length;
  });
}

/** Sum over the bins of |sum over the blocks of sign x residuals|. */
function drawnError(sums: Float64Array, signs: Float64Array): number {
  let total = 0;
  for (let from = 0; from < sums.length; from += signs.length) {
    let gap = 0;
    for (let i = 0; i < signs.length; i++) gap += signs[i]! * sums[from + i]!;
    total += Math.abs(gap);
  }
  return total;
}

function points(share: number): string {
  return `${(100 * share).toFixed(2)} points`;
}
