import { isNewsCurrency, NewsEvents } from "../../../data/sandbox/market/newsEvents.ts";
import { BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { legsOf } from "../../../shared/domain/legs.ts";
import { likelierSignProbability } from "../../../shared/domain/plantedSignal.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";

/** What the sandbox drew each row's direction with. */
export interface SandboxTruth {
  /** P(rise): what nobody can better. */
  readonly p: Float64Array;
  /** 1: a news event governs the predicted hour. 0: the reversal of the last move does. */
  readonly is_governed: Uint8Array;
}

/**
 * The probabilities that the sandbox of this seed planted in the rows of a direct pair, for a horizon of one bar
 * (plantedSignal.ts). A first row, before which no move is known, counts as one after a fall.
 */
export function sandboxTruth(set: TrainingSet, { seed, signal }: { readonly seed: number; readonly signal: number }): SandboxTruth {
  const { base, quote } = legsOf(set.instrument);
  const governing = new NewsEvents(seed).governing([base, quote].filter(isNewsCurrency));
  const last_return = set.features[set.feature_names.indexOf("ret_1")]!;
  const event = Array.from(set.label_end, (end) => governing(Math.floor((end - BASE_GRANULARITY_MS) / HOUR)));
  const likelier = event.map((one, row) => {
    if (one === null) return last_return[row]! > 0 ? -1 : 1;
    return one.currency === base ? one.direction : -one.direction;
  });
  return {
    p: Float64Array.from(likelier, (sign) => (sign > 0 ? likelierSignProbability(signal) : 1 - likelierSignProbability(signal))),
    is_governed: Uint8Array.from(event, (one) => (one === null ? 0 : 1)),
  };
}

/**
 * How much of the way from the base rate to the optimum a forecast leaves, in expected log loss under the truth: 0 is the optimum, 1 the
 * base rate. By expectation and not by what came, so that no luck of the drawn directions is in it. `rows` picks the rows.
 */
export function shareLeft(
  truth: ArrayLike<number>,
  p: ArrayLike<number>,
  base_rate: number,
  rows: (row: number) => boolean = () => true,
): number {
  const sums = { model: 0, optimum: 0, base: 0 };
  for (let row = 0; row < truth.length; row++) {
    if (!rows(row)) continue;
    sums.model += crossEntropy(truth[row]!, p[row]!);
    sums.optimum += crossEntropy(truth[row]!, truth[row]!);
    sums.base += crossEntropy(truth[row]!, base_rate);
  }
  return (sums.model - sums.optimum) / (sums.base - sums.optimum);
}

/** Expected log loss of saying p where q is true, in nats. */
function crossEntropy(q: number, p: number): number {
  return -q * Math.log(p) - (1 - q) * Math.log1p(-p);
}
