import { counted } from "../domain/counted.ts";
import { wilsonInterval } from "../metrics/accuracy.ts";
import { auc, midranks } from "../metrics/auc.ts";
import { effectiveRows } from "../metrics/effectiveRows.ts";
import { type Interval, Z_95 } from "../metrics/interval.ts";
import { directionByFeature } from "./directionByFeature.ts";
import type { Verdict } from "./verdict.ts";

/** Share of a model's gain from which on a feature must be explained: with some eighty features, more than twenty times its part. */
export const DOMINANT_SHARE = 0.3;
/** Rows in which it must have been rebuilt with a value: nulls that agree show nothing. */
const MIN_REBUILT = 100;
/** Standard errors by which a number must be beyond another to count as larger: one in 30,000 by chance. */
const Z = 4;

/** A feature, and all that is known of it on the model's training set. */
export interface DominantFeature {
  readonly name: string;
  readonly share: number;
  readonly values: Float64Array;
  /** Sampled rows in which it was rebuilt with a value and found equal, and in which it was found different. */
  readonly rebuilt_rows: number;
  readonly differing_rows: number;
  /** Its value changes when the bars of the other instruments are withheld. */
  readonly reads_other_instruments: boolean;
}

export interface DominanceInput {
  readonly dominant: readonly DominantFeature[];
  readonly y: Float64Array;
  /** Bars that a label looks ahead. */
  readonly horizon_bars: number;
  /** First row that was tested out of fold. */
  readonly first_tested: number;
  /** Returns of the pair's own bars that had ended, newest first: ret_1 and its lag. */
  readonly past_returns: readonly Float64Array[];
  readonly max_plausible_accuracy: number;
}

/** Of a model that no feature carries. */
export const NOT_DOMINATED: Verdict = {
  name: "dominance_check",
  passed: true,
  detail: `no feature has ${percent(DOMINANT_SHARE)} of the gain`,
};

/**
 * A feature that carries DOMINANT_SHARE of the gain or more is explained when
 * 1. its values were rebuilt to the bit from what was known, in at least 100 sampled rows and without a difference;
 * 2. alone, out of fold, it is not more often right than is plausible for the market (the limit of leak_check), by more than chance;
 * 3. if it is computed from other instruments, it tells no more of the pair's next bar than of one that has ended: prices move together
 *    in the same hour, so one that tells more of the next is on a clock of its own, which rebuilding cannot see.
 * Otherwise the model is refused, with the feature named. One true signal may dominate: the sandbox's reversal passes all three.
 */
export function dominanceCheck(input: DominanceInput): Verdict {
  const name = "dominance_check";
  if (input.dominant.length === 0) return NOT_DOMINATED;
  const judged = input.dominant.map((feature) => ({ feature, doubts: doubtsOf(feature, input) }));
  const doubted = judged.filter(({ doubts }) => doubts.length > 0);
  const title = ({ name: feature, share }: DominantFeature) => `${feature} has ${percent(share)} of the gain`;
  const detail =
    doubted.length === 0
      ? judged.map(
          ({ feature }) => `${title(feature)} and is explained: rebuilt in ${counted(feature.rebuilt_rows, "row")}, plausible alone`,
        )
      : doubted.map(({ feature, doubts }) => `${title(feature)} and is not explained: ${doubts.join("; ")}`);
  return { name, passed: doubted.length === 0, detail: detail.join(". ") };
}

function doubtsOf(feature: DominantFeature, input: DominanceInput): string[] {
  const doubts: string[] = [];
  if (feature.differing_rows > 0) doubts.push(`its value is another in ${counted(feature.differing_rows, "rebuilt row")}`);
  else if (feature.rebuilt_rows < MIN_REBUILT)
    doubts.push(`it was rebuilt in ${counted(feature.rebuilt_rows, "row")} only, of ${MIN_REBUILT} needed`);
  const { right, tested } = directionByFeature(feature.values, input.y, input.first_tested, input.horizon_bars);
  const alone = wilsonInterval(effectiveRows(right, input.horizon_bars), effectiveRows(tested, input.horizon_bars));
  if (alone && alone.low > input.max_plausible_accuracy) {
    doubts.push(
      `alone it is right in ${percent(alone.estimate)} of ${counted(tested, "row")}, and ${percent(input.max_plausible_accuracy)} is plausible`,
    );
  }
  if (feature.reads_other_instruments) doubts.push(...clockDoubts(feature, input));
  return doubts;
}

function clockDoubts({ values }: DominantFeature, { y, past_returns, horizon_bars }: DominanceInput): string[] {
  const next = distance(values, y, horizon_bars);
  const past = past_returns.map((returns) =>
    distance(
      values,
      returns.map((r) => (r > 0 ? 1 : r < 0 ? 0 : Number.NaN)),
      1,
    ),
  );
  const nearest = past.reduce<Distance | null>(
    (best, one) => (best === null || (one && one.from_half > best.from_half) ? one : best),
    null,
  );
  if (!next || !nearest || next.from_half - nearest.from_half <= Z * Math.hypot(next.standard_error, nearest.standard_error)) return [];
  const [of_next, of_past] = [next, nearest].map(({ from_half }) => (0.5 + from_half).toFixed(3));
  return [`it tells the next bar (AUC ${of_next}) better than any that has ended (${of_past}): are its candles of another clock?`];
}

interface Distance {
  readonly from_half: number;
  readonly standard_error: number;
}

/** How far the AUC of a feature is from 0.5, whichever way it points, over the rows that have both. */
function distance(values: Float64Array, outcome: Float64Array, horizon_bars: number): Distance | null {
  const rows = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]!) && !Number.isNaN(outcome[row]!));
  const ranks = midranks(Float64Array.from(rows, (row) => values[row]!));
  const interval: Interval | null = auc({
    y: rows.map((row) => outcome[row]!),
    p: ranks.map((rank) => rank / (rows.length + 1)),
    horizon_bars,
  });
  return interval && { from_half: Math.abs(interval.estimate - 0.5), standard_error: (interval.high - interval.low) / (2 * Z_95) };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
