/** Words of one packed node. The same buffer is read as Int32 and as Float32. */
export const NODE_WORDS = 4;
/** Int32: index of the feature, with the sign bit set where a missing value goes left. */
export const FEATURE_WORD = 0;
/** Float32: threshold of a split, value of a leaf. */
export const VALUE_WORD = 1;
/** Int32: word index of the left child, 0 for a leaf (the root of the first tree, at word 0, is nobody's child). The right child follows it. */
export const LEFT_WORD = 2;
/** Int32: 1 more than where the categories of a split on categories stand, 0 for a split on a number. */
export const CATEGORIES_WORD = 3;
export const MISSING_LEFT = 0x80000000 | 0;
export const FEATURE_MASK = 0x7fffffff;

/** A boosted tree model of binary:logistic, packed for scoring. */
export interface TreeEnsemble {
  readonly feature_names: readonly string[];
  readonly xgboost_version: string;
  /** Float32 logit of the model's base score: where the sum of leaves starts. */
  readonly base_margin: number;
  /** Word index of every tree's root, in training order. */
  readonly roots: Int32Array;
  readonly words: Int32Array;
  /** The same bytes as `words`. */
  readonly values: Float32Array;
  /**
   * Of each split on categories: how many words follow, and in those a bit for every code that goes right. Null where no tree splits so,
   * as in every model that is trained here.
   */
  readonly categories: Int32Array | null;
  /** Weight of the training rows that reached each node, in the order of the nodes; null where the file does not say it of every tree. */
  readonly covers: Float32Array | null;
}
