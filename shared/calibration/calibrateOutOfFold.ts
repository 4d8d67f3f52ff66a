import type { RowRange } from "../contracts/training.ts";
import { type Calibrator, type CalibratorKind, calibrate, NO_CALIBRATOR } from "./calibrator.ts";
import { type CandidateResult, chooseCalibrator } from "./chooseCalibrator.ts";
import { fitIsotonic } from "./fitIsotonic.ts";
import { fitPlatt } from "./fitPlatt.ts";
import { decidedRows, type OutOfFoldRows } from "./outOfFoldRows.ts";

/** From the simplest on. */
export const CANDIDATES = ["none", "platt", "isotonic"] as const satisfies readonly CalibratorKind[];

/** Of a kind that was chosen and stands for none when it is fitted on all rows. */
const REFUSED = "Fitted on all rows, it would say the same of every one or turn them round: none is served.";

export interface Calibration {
  /** What is served: of the chosen kind, fitted on all out-of-fold rows. */
  readonly calibrator: Calibrator;
  /** Why it is this kind, with the figures. */
  readonly reason: string;
  /** How each kind did on the folds that came after what it was fitted on. */
  readonly candidates: readonly CandidateResult[];
  /** The kind that each fold's rows were calibrated by, in the folds' order. */
  readonly fold_kinds: readonly CalibratorKind[];
  /** Of every row what would have been served: calibrated by the kind chosen, and fitted, on strictly earlier folds. */
  readonly predictions: Float64Array;
}

type Fitted = Readonly<Record<CalibratorKind, Calibrator>>;

/**
 * Calibrates out-of-fold predictions the way that a model's answers will be, without any row's outcome in its own figure.
 *
 * Before fold k begins, every kind is fitted on the rows of the folds before it whose labels are decided by then, and one is chosen by how
 * the kinds did on the folds before it, each fitted on still earlier ones (chooseCalibrator.ts). The first two folds have no fold to
 * choose by, and are left as they are. What is served is chosen by all folds and fitted on all rows, as the model itself is: taken for
 * granted is that the margins of the model which is trained on every row are as strong as those of the folds' models.
 */
export function calibrateOutOfFold(rows: OutOfFoldRows, folds: readonly RowRange[]): Calibration {
  const fitted = folds.map((fold, index) => fitAll(rows, decidedRows(rows, folds.slice(0, index), fold.start)));
  const later = Object.fromEntries(CANDIDATES.map((kind) => [kind, applyByFold(rows, folds, (fold) => fitted[fold]![kind])])) as Readonly<
    Record<CalibratorKind, Float64Array>
  >;
  const choose = (until: number, before?: number) =>
    chooseCalibrator({ rows, predictions: later, judged: decidedRows(rows, folds.slice(1, until), before) });
  const fold_kinds = folds.map((fold, index) => choose(index, fold.start).kind);
  const chosen = choose(folds.length);
  const all = fitAll(rows, decidedRows(rows, folds));
  return {
    calibrator: all[chosen.kind],
    reason: all[chosen.kind].kind === chosen.kind ? chosen.reason : `${chosen.reason} ${REFUSED}`,
    candidates: chosen.candidates,
    fold_kinds: fold_kinds.map((kind, fold) => fitted[fold]![kind].kind),
    predictions: applyByFold(rows, folds, (fold) => fitted[fold]![fold_kinds[fold]!]),
  };
}

/**
 * Every kind fitted on these rows. Where the margins tell nothing or point the wrong way, Platt's slope is 0 or below, and isotonic
 * regression has one value: turning a model's answers round, or all into one, is no calibration, and the kind stands for none.
 */
function fitAll(rows: OutOfFoldRows, at: readonly number[]): Fitted {
  if (at.length === 0) return { none: NO_CALIBRATOR, platt: NO_CALIBRATOR, isotonic: NO_CALIBRATOR };
  const input = { y: at.map((row) => rows.y[row]!), p: at.map((row) => rows.raw[row]!) };
  const platt = fitPlatt(input);
  const isotonic = fitIsotonic(input);
  return {
    none: NO_CALIBRATOR,
    platt: platt.slope > 0 ? { kind: "platt", ...platt, rows: at.length } : NO_CALIBRATOR,
    isotonic: isotonic ?? NO_CALIBRATOR,
  };
}

function applyByFold(rows: OutOfFoldRows, folds: readonly RowRange[], of: (fold: number) => Calibrator): Float64Array {
  const predictions = new Float64Array(rows.raw.length);
  for (const [index, { start, end }] of folds.entries()) {
    const calibrator = of(index);
    for (let row = start; row < end; row++) predictions[row] = calibrate(calibrator, rows.raw[row]!);
  }
  return predictions;
}
