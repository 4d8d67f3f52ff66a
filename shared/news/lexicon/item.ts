import type { Effect, MetricEffect, MoveEffect } from "./effect.ts";

/** A phrase of the lexicon, found in a sentence. */
export interface Item<E extends Effect = Effect> {
  /** Index of its first token, and of the one behind its last. */
  readonly at: number;
  readonly end: number;
  readonly text: string;
  readonly effect: E;
}

export type MoveItem = Item<MoveEffect>;
export type MetricItem = Item<MetricEffect>;

export function isMove(item: Item): item is MoveItem {
  return item.effect.kind === "move";
}

export function isMetric(item: Item): item is MetricItem {
  return item.effect.kind === "metric";
}

/** Evidence: a piece of a sentence with what it says, before its surroundings are weighed. */
export interface Finding {
  readonly at: number;
  readonly end: number;
  readonly text: string;
  /** Positive = good for what the text is about. */
  readonly value: number;
  /** What it is said of, as far as known. */
  readonly metric: MetricItem | null;
}
