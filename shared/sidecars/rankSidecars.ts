import type { SentimentHealth } from "../contracts/sentiment.ts";
import type { SidecarHealth, TrainingSpec } from "../contracts/training.ts";
import { sha256Hex } from "../domain/hash.ts";

/** What a sidecar said of itself just now. */
export interface SidecarFacts {
  readonly name: string;
  readonly training: SidecarHealth["training"];
  readonly sentiment: SentimentHealth;
}

/**
 * The sidecars that a training may go to, the best first: those that can do it, of these the least busy, and of equally busy ones an order
 * that the dataset decides, so that the next training of it finds it uploaded. Those that cannot come last: where none can, the first says
 * why.
 */
export function rankForTraining(sidecars: readonly SidecarFacts[], job: Pick<TrainingSpec, "dataset" | "device">): readonly SidecarFacts[] {
  return ranked(sidecars, job.dataset, (facts) => [canTrain(facts, job.device) ? 0 : 1, load(facts.training)]);
}

/** Whether its library is there, and is one for the device that is asked for. */
export function canTrain({ training }: Pick<SidecarFacts, "training">, device: TrainingSpec["device"]): boolean {
  return training.available && (device === "cpu" || training.cuda);
}

/**
 * The sidecars that may read news: those that read with FinGPT, where any does, the least busy first. The lexicon reads on the others,
 * which are asked when none of them has a model.
 */
export function rankForReading(sidecars: readonly SidecarFacts[], key: string): readonly SidecarFacts[] {
  const models = sidecars.filter(readsWithModel);
  return ranked(models.length > 0 ? models : sidecars, key, ({ sentiment }) => [load(sentiment)]);
}

/** Whether FinGPT is loaded there; the lexicon reads otherwise. */
export function readsWithModel({ sentiment }: Pick<SidecarFacts, "sentiment">): boolean {
  return sentiment.engine === "fingpt";
}

/** For a question that each of them can answer: in an order that the question decides, those that failed lately last. */
export function rankForQuestion<Named extends { readonly name: string }>(
  sidecars: readonly Named[],
  key: string,
  isResting: (name: string) => boolean,
): readonly Named[] {
  return ranked(sidecars, key, ({ name }) => [isResting(name) ? 1 : 0]);
}

function load({ queued, running }: { readonly queued: number; readonly running: number }): number {
  return queued + running;
}

/** By the numbers, the least first; equal ones by their weight for the key, so that one more sidecar moves few keys (rendezvous hashing). */
function ranked<Named extends { readonly name: string }>(
  sidecars: readonly Named[],
  key: string,
  numbersOf: (sidecar: Named) => readonly number[],
): readonly Named[] {
  return sidecars
    .map((sidecar) => ({ sidecar, numbers: numbersOf(sidecar), weight: sha256Hex(`${key} ${sidecar.name}`) }))
    .sort((one, other) => compare(one.numbers, other.numbers) || (one.weight < other.weight ? -1 : 1))
    .map(({ sidecar }) => sidecar);
}

function compare(one: readonly number[], other: readonly number[]): number {
  return one.map((number, index) => number - other[index]!).find((difference) => difference !== 0) ?? 0;
}
