import { invalidModel, type XgboostTree } from "./xgboostModel.ts";

/** More codes than a feature here could have; each split holds a bit for every code up to its largest. */
const MOST_CODES = 4_096;

export interface PackedCategories {
  /** See TreeEnsemble. */
  readonly categories: Int32Array | null;
  /** Of a tree, by its number: where the codes of each of its nodes that split on categories stand. */
  placesOf(tree: number): ReadonlyMap<number, number>;
}

/** The codes that go right at each split on categories, as bits. Throws invalid_model where a tree's lists do not fit together. */
export function packCategories(trees: readonly XgboostTree[]): PackedCategories {
  const words: number[] = [];
  const places = trees.map((tree, index) => {
    requireSameNodes(tree, index);
    return new Map(
      tree.categories_nodes.map((node, position) => {
        const place = words.length;
        const set = bitsOf(codesOf(tree, index, position));
        words.push(set.length, ...set);
        return [node, place] as const;
      }),
    );
  });
  return { categories: words.length === 0 ? null : Int32Array.from(words), placesOf: (tree) => places[tree]! };
}

/** A node that splits on categories says so twice. */
function requireSameNodes({ split_type, categories_nodes, left_children }: XgboostTree, index: number): void {
  const marked = [...split_type.keys()].filter((node) => split_type[node] !== 0 && left_children[node] !== -1);
  const listed = new Set(categories_nodes);
  const is_same = listed.size === categories_nodes.length && marked.every((node) => listed.has(node)) && listed.size === marked.length;
  if (!is_same) throw invalidModel(`tree ${index}: its splits on categories are not those that it lists categories for.`);
}

function codesOf(tree: XgboostTree, index: number, position: number): readonly number[] {
  const start = tree.categories_segments[position] ?? tree.categories.length;
  const size = tree.categories_sizes[position] ?? 0;
  const codes = tree.categories.slice(start, start + size);
  if (codes.length === 0 || codes.length !== size || codes.some((code) => code < 0 || code >= MOST_CODES)) {
    throw invalidModel(`tree ${index}: the categories of node ${tree.categories_nodes[position]} are not in the file.`);
  }
  return codes;
}

function bitsOf(codes: readonly number[]): readonly number[] {
  const words = new Int32Array((codes.reduce((most, code) => Math.max(most, code), 0) >> 5) + 1);
  for (const code of codes) words[code >> 5]! |= 1 << (code & 31);
  return Array.from(words);
}
