import { accuracy } from "../metrics/accuracy.ts";
import { auc } from "../metrics/auc.ts";
import { effectiveRows } from "../metrics/effectiveRows.ts";
import { Z_95 } from "../metrics/interval.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Standard errors beyond chance from which on a run with shuffled labels counts as better than it: one honest run in 16,000 is refused by
 * either of the two numbers. A 95 % interval would refuse one in 20, day after day.
 */
const Z = 4;

export interface ShuffledRun {
  /** The shuffled labels of the tested rows. */
  readonly y: ArrayLike<number>;
  /** What the model that was trained on shuffled labels says of them, out of fold. */
  readonly p: ArrayLike<number>;
  /** Bars that the labels look ahead: the blocks that are moved keep their overlap. */
  readonly horizon_bars: number;
}

/**
 * Labels in a random order have nothing to do with the features, so a model of them must not tell those of its test rows: neither by
 * accuracy above that of the better constant, nor by AUC above 0.5. Where it does, the evaluation shows it its test rows: one among the
 * training rows, a fold cut wrongly, a number computed from the answer. That a feature knows the true answer is not seen here; it is for
 * rebuild_check. The labels of test rows are shuffled with the others: left in place, a model of chance would by chance lean towards a true
 * signal of the market or away from it, and be refused for nothing.
 *
 * Reference: the permutation test of Ojala & Garriga 2010, JMLR 11, here with one permutation and the known spread of either number.
 */
export function shuffleCheck(run: ShuffledRun | null): Verdict {
  const name = "shuffle_check";
  if (run === null) return { name, passed: false, detail: "the training job has no run with shuffled labels: train again" };
  const [hits, ranks] = [accuracy(run), auc(run)];
  if (hits === null || ranks === null) return { name, passed: false, detail: "too few out-of-fold rows for a run with shuffled labels" };
  const n = run.y.length;
  const independent = effectiveRows(n, run.horizon_bars);
  const base_rate = Array.from(run.y).reduce((sum, y) => sum + y, 0) / n;
  const constant = Math.max(base_rate, 1 - base_rate);
  const beyond_constant = (hits.estimate - constant) / Math.sqrt((constant * (1 - constant)) / independent);
  const beyond_half = (ranks.estimate - 0.5) / ((ranks.high - ranks.low) / (2 * Z_95));
  const passed = beyond_constant <= Z && beyond_half <= Z;
  const measured =
    `on shuffled labels the model's accuracy is ${percent(hits.estimate)} where a constant has ${percent(constant)} (${signed(beyond_constant)} standard errors), ` +
    `its AUC ${ranks.estimate.toFixed(4)} (${signed(beyond_half)}); at most ${Z} are chance`;
  return { name, passed, detail: passed ? measured : `${measured}: the evaluation itself leaks` };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(1)}`;
}
