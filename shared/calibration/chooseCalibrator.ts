import { counted } from "../domain/counted.ts";
import { dependenceOf } from "../metrics/dependenceOf.ts";
import { logLossDifference, type PairedDifference } from "../metrics/logLossDifference.ts";
import type { CalibratorKind } from "./calibrator.ts";
import type { OutOfFoldRows } from "./outOfFoldRows.ts";

/** A calibrator on rows later than those it was fitted on: its log loss minus that of the raw probabilities; null with too few rows. */
export interface CandidateResult {
  readonly kind: CalibratorKind;
  readonly minus_none: PairedDifference | null;
}

export interface CalibratorChoice {
  readonly kind: CalibratorKind;
  readonly reason: string;
  readonly candidates: readonly CandidateResult[];
}

export interface ChoiceInput {
  readonly rows: OutOfFoldRows;
  /** Of each kind, from the simplest on, what it made of every row; each row by a fit on earlier folds. */
  readonly predictions: Readonly<Record<CalibratorKind, ArrayLike<number>>>;
  /** The rows to go by. */
  readonly judged: readonly number[];
}

/**
 * The simplest kind that no less simple one beats by more than chance: beginning with none, the next is taken where the 95 % Newey-West
 * interval of its log loss minus that of the one held lies below 0. Where nothing is to be gained, two parameters more are two ways to
 * be wrong.
 */
export function chooseCalibrator({ rows, predictions, judged }: ChoiceInput): CalibratorChoice {
  const difference = (kind: CalibratorKind, than: CalibratorKind) => differenceOf(rows, judged, predictions[kind], predictions[than]);
  const kinds = Object.keys(predictions) as CalibratorKind[];
  const candidates = kinds.map((kind) => ({ kind, minus_none: difference(kind, "none") }));
  if (judged.length < 2) return { kind: "none", reason: "none: too few folds to choose by.", candidates };
  const kind = kinds.reduce((held, next) => ((difference(next, held)?.high ?? 0) < 0 ? next : held), "none" as CalibratorKind);
  const found = candidates.filter((candidate) => candidate.kind !== "none").map(describe);
  const why = kind === "none" ? "none of the others is better by more than chance" : "the simplest that none beats by more than chance";
  return {
    kind,
    reason: `${kind}: ${why}; log loss on ${counted(judged.length, "later row")} minus that of none: ${found.join(", ")}.`,
    candidates,
  };
}

function differenceOf(
  { event_time, y, horizon_bars }: OutOfFoldRows,
  judged: readonly number[],
  one: ArrayLike<number>,
  other: ArrayLike<number>,
): PairedDifference | null {
  const pick = (values: ArrayLike<number>) => judged.map((row) => values[row]!);
  return logLossDifference({ y: pick(y), p: pick(one), baseline: pick(other), ...dependenceOf(pick(event_time), horizon_bars) });
}

function describe({ kind, minus_none }: CandidateResult): string {
  if (minus_none === null) return `${kind} not known`;
  const [estimate, low, high] = [minus_none.estimate, minus_none.low, minus_none.high].map((end) => end.toFixed(5));
  return `${kind} ${estimate} (95 % interval ${low} to ${high})`;
}
