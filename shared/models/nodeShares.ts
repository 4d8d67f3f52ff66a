import { LEFT_WORD, NODE_WORDS, type TreeEnsemble, VALUE_WORD } from "./treeLayout.ts";

/** How the training rows of a model went through its trees. */
export interface NodeShares {
  /** Of each node, the part of what it and its sibling had of the rows, by their weight; 1 for a root. */
  readonly of: Float64Array;
  /** Splits of the longest path. */
  readonly depth: number;
}

/**
 * Of the weight of both children, which is their parent's in every model as it was trained. One that was cut to what is left of it where some
 * inputs are known (a pair's part of a pooled model) has lost rows between a parent and its children: a mean over both sides stays one.
 * Null where the file has no covers, or none that is more than 0 below a split.
 */
export function sharesOf({ roots, words, covers }: TreeEnsemble): NodeShares | null {
  if (covers === null) return null;
  const shares = new Float64Array(covers.length).fill(1);
  const levels = new Int32Array(covers.length);
  let depth = 0;
  // Children stand behind their parent.
  for (let index = 0; index < covers.length; index++) {
    const left = words[index * NODE_WORDS + LEFT_WORD]! / NODE_WORDS;
    if (left === 0) continue;
    const cover = covers[left]! + covers[left + 1]!;
    if (!(cover > 0 && covers[left]! >= 0 && covers[left + 1]! >= 0)) return null;
    for (const child of [left, left + 1]) {
      shares[child] = covers[child]! / cover;
      levels[child] = levels[index]! + 1;
    }
    depth = Math.max(depth, levels[left]!);
  }
  return roots.length === 0 ? null : { of: shares, depth };
}

/** The mean of the leaves below a node, each by the share of the rows that it had. */
export function meanLeaf(model: Pick<TreeEnsemble, "words" | "values">, shares: Float64Array, node: number): number {
  const left = model.words[node + LEFT_WORD]!;
  if (left === 0) return model.values[node + VALUE_WORD]!;
  const mean = (child: number) => shares[child / NODE_WORDS]! * meanLeaf(model, shares, child);
  return mean(left) + mean(left + NODE_WORDS);
}
