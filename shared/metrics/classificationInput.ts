import { counted } from "../domain/counted.ts";
import { AppError } from "../errors.ts";

/** Outcomes (1 = rise, 0 = not) and predicted probabilities of a rise, row by row, ascending in time. */
export interface ClassificationInput {
  readonly y: ArrayLike<number>;
  readonly p: ArrayLike<number>;
}

export interface OverlapOptions {
  /** Bars that a label looks ahead, of rows of every bar: neighbours share all but one of them. 1, and independent, when absent. */
  readonly horizon_bars?: number;
}

/** Throws invalid_request unless y is 0 or 1, p lies in [0, 1], and both have the same length. A NaN must not become a metric. */
export function checkClassificationInput({ y, p }: ClassificationInput): void {
  if (y.length !== p.length)
    throw new AppError("invalid_request", `Metrics: ${counted(y.length, "outcome")} for ${counted(p.length, "prediction")}.`);
  for (let i = 0; i < y.length; i++) {
    if (y[i] !== 0 && y[i] !== 1) throw new AppError("invalid_request", `Metrics: y of row ${i} is ${y[i]}; it must be 0 or 1.`);
    if (!(p[i]! >= 0 && p[i]! <= 1)) throw new AppError("invalid_request", `Metrics: p of row ${i} is ${p[i]}; it must be in [0, 1].`);
  }
}
