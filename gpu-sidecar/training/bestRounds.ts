/** Follows a model's log loss on rows that it is not trained on, and says when to stop: after `patience` rounds that were no better. */
export class BestRounds {
  readonly #labels: Float32Array;
  readonly #patience: number;
  #lowest = Number.POSITIVE_INFINITY;
  #best = 0;

  constructor(labels: Float32Array, patience: number) {
    this.#labels = labels;
    this.#patience = patience;
  }

  /** Rounds, one at least, after which the log loss was the lowest; the fewest of equals. */
  get rounds(): number {
    return Math.max(1, this.#best);
  }

  /** The probabilities after round `round` (0 is the first). True when no more rounds are needed. */
  add(round: number, probabilities: Float32Array): boolean {
    const loss = this.#labels.reduce((sum, label, row) => sum - Math.log(label === 1 ? probabilities[row]! : 1 - probabilities[row]!), 0);
    if (loss < this.#lowest) {
      this.#lowest = loss;
      this.#best = round + 1;
    }
    return round + 1 - this.#best >= this.#patience;
  }
}
