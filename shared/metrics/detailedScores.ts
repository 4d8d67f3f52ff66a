import { type BrierParts, brierDecomposition } from "./brierDecomposition.ts";
import { calibrationError } from "./calibrationError.ts";
import type { ClassificationInput } from "./classificationInput.ts";
import { type ClassScores, classScores } from "./classScores.ts";

/** What log loss, Brier, AUC and accuracy do not say by themselves. Null where a figure is not defined on the rows. */
export interface DetailedScores extends ClassScores {
  readonly ece: number | null;
  /** What a perfectly calibrated model has of it by chance alone. */
  readonly ece_of_chance: number | null;
  readonly brier_parts: BrierParts | null;
}

export function detailedScores(input: ClassificationInput): DetailedScores {
  const calibration = calibrationError(input);
  return {
    ...classScores(input),
    ece: calibration?.ece ?? null,
    ece_of_chance: calibration?.ece_of_chance ?? null,
    brier_parts: brierDecomposition(input),
  };
}
