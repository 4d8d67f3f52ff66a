import { describe, expect, it } from "vitest";
import { packCategories } from "../../../shared/models/packCategories.ts";
import type { XgboostTree } from "../../../shared/models/xgboostModel.ts";

/** Nodes 0 and 1 split, on categories where the list says so; nodes 2 to 4 are leaves. */
const tree = (change: Partial<XgboostTree> = {}): XgboostTree => ({
  tree_param: { size_leaf_vector: "1" },
  left_children: [1, 3, -1, -1, -1],
  right_children: [2, 4, -1, -1, -1],
  split_indices: [0, 1, 0, 0, 0],
  split_conditions: [0, 0, 1, 2, 3],
  default_left: [0, 0, 0, 0, 0],
  sum_hessian: [],
  split_type: [1, 1, 0, 0, 0],
  categories_nodes: [0, 1],
  categories_segments: [0, 2],
  categories_sizes: [2, 1],
  categories: [0, 33, 5],
  ...change,
});
const one = { split_type: [1, 0, 0, 0, 0], categories_nodes: [0], categories_segments: [0] };

describe("packCategories", () => {
  it("has of each split how many words follow, and a bit for each code that goes right", () => {
    const { categories, placesOf } = packCategories([tree(), tree({ ...one, categories_sizes: [1], categories: [31] })]);
    expect([...categories!]).toEqual([2, 1, 2, 1, 32, 1, 1 << 31]);
    expect([placesOf(0).get(0), placesOf(0).get(1), placesOf(1).get(0), placesOf(1).get(1)]).toEqual([0, 3, 5, undefined]);
  });

  it("has none where no tree splits so; a leaf's type is nobody's", () => {
    const numeric = { categories_nodes: [], categories_segments: [], categories_sizes: [], categories: [] };
    expect(packCategories([tree({ ...numeric, split_type: [0, 0, 1, 1, 0] })]).categories).toBeNull();
  });

  it.each([
    ["a node that is listed twice", { ...one, categories_nodes: [0, 0], categories_segments: [0, 1], categories_sizes: [1, 1] }],
    ["a node that is listed and does not split so", { split_type: [1, 0, 0, 0, 0] }],
    ["another node than the one that splits so", { ...one, categories_nodes: [1], categories_sizes: [1] }],
    ["one of two nodes listed wrongly", { categories_nodes: [0, 2] }],
    ["a node that splits so and is not listed", { categories_nodes: [0], categories_segments: [0], categories_sizes: [1] }],
  ])("refuses %s", (_what, change) => {
    expect(() => packCategories([tree(), tree(change)])).toThrow(/tree 1: its splits on categories are not those that it lists/);
  });

  it.each([
    ["no codes", { categories_sizes: [2, 0] }],
    ["fewer codes than it says", { categories: [0, 33] }],
    ["some of its codes", { categories_sizes: [2, 2] }],
    ["no place where they begin", { categories_segments: [0] }],
    ["no number of them", { categories_sizes: [2] }],
    ["a code below 0", { categories: [0, 33, -1] }],
    ["a code below 0 beside another", { categories_sizes: [2, 2], categories: [0, 33, 5, -1] }],
    ["a code above 4,095", { categories: [0, 33, 4_096] }],
  ])("refuses a node with %s", (_what, change) => {
    expect(() => packCategories([tree(change)])).toThrow(/tree 0: the categories of node 1 are not in the file/);
  });

  it("takes codes up to 4,095, in 128 words", () => {
    const { categories } = packCategories([tree({ ...one, categories_sizes: [3], categories: [4_095, 0, 7] })]);
    expect(categories).toHaveLength(129);
    expect([categories![0], categories![1], categories![128]]).toEqual([128, 1 + (1 << 7), 1 << 31]);
  });
});
