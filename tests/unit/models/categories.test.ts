import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { foreignXgboost } from "../../../shared/foreign/foreignXgboost.ts";
import { compareParity } from "../../../shared/models/parity.ts";
import { readUbjson } from "../../../shared/models/readUbjson.ts";
import { predictRows } from "../../../shared/models/treeEnsemble.ts";

/** Made by XGBoost 3.2.0: hour and minute as categories by their codes, and early stopping long before the last round. */
interface Fixture {
  readonly ubj: string;
  readonly feature_names: readonly string[];
  readonly best_iteration: number;
  readonly rows: readonly (readonly (number | null)[])[];
  readonly all_rounds: readonly number[];
  readonly best_rounds: readonly number[];
}
const FILE = new URL("../../../data/fixtures/models/xgboost-3.2.0-categories.json", import.meta.url);
const { ubj, feature_names, best_iteration, rows, all_rounds, best_rounds } = JSON.parse(readFileSync(FILE, "utf8")) as Fixture;
const UBJ = new Uint8Array(Buffer.from(ubj, "base64"));
const MATRIX = Float32Array.from(rows.flat(), (value) => value ?? Number.NaN);
const EQUAL = { rows: rows.length, mismatches: 0, largest_difference: 0 };

type Document = { learner: { attributes: Record<string, string>; gradient_booster: { model: Record<string, unknown> } } };
const asJson = (change: (document: Document) => void = () => undefined) => {
  const document = readUbjson(UBJ) as Document;
  change(document);
  return new TextEncoder().encode(JSON.stringify(document));
};

describe("a model of XGBoost 3.2 that splits on categories", () => {
  it.each([
    ["UBJ", UBJ],
    ["JSON", asJson()],
  ])("predicts from %s as XGBoost did, bit for bit: unknown codes, fractions, negative ones and missing ones too", (_name, file) => {
    const { trees, library_version } = foreignXgboost(file, false, feature_names);
    expect(compareParity(all_rounds, predictRows(trees, MATRIX))).toEqual(EQUAL);
    expect(library_version).toBe("3.2.0");
    expect(trees.roots.length).toBeGreaterThan(best_iteration + 1);
  });

  it("as an estimator predicts by the rounds up to its best one, and what is kept is cut to them", () => {
    const { trees, json } = foreignXgboost(UBJ, true, feature_names);
    expect(trees.roots).toHaveLength(best_iteration + 1);
    expect(compareParity(best_rounds, predictRows(trees, MATRIX))).toEqual(EQUAL);
    const again = foreignXgboost(json, false, feature_names);
    expect(compareParity(best_rounds, predictRows(again.trees, MATRIX))).toEqual(EQUAL);
    expect(best_rounds).not.toEqual(all_rounds);
  });

  const treesOf = (change: (document: Document) => void) => {
    const { trees, json } = foreignXgboost(asJson(change), true, feature_names);
    const kept = (JSON.parse(new TextDecoder().decode(json)) as Document).learner.gradient_booster.model;
    return { trees: trees.roots.length, indptr: kept["iteration_indptr"], infos: (kept["tree_info"] as unknown[]).length };
  };
  const bestOf = (document: Document, best: number, indptr?: readonly number[]) => {
    document.learner.attributes["best_iteration"] = String(best);
    if (indptr) document.learner.gradient_booster.model["iteration_indptr"] = indptr;
  };
  const ALL = foreignXgboost(UBJ, false, feature_names).trees.roots.length;

  it.each<[string, (document: Document) => void, number, readonly number[]]>([
    ["of two trees a round keeps both of each", (d) => bestOf(d, 1, [0, 2, 4, ALL]), 4, [0, 2, 4]],
    ["from before XGBoost said where rounds begin has a tree a round", (d) => bestOf(d, 2, []), 3, []],
    ["whose last round is its best keeps all", (d) => bestOf(d, 1, [0, 1, ALL]), ALL, [0, 1, ALL]],
  ])("as an estimator %s", (_name, change, trees, indptr) => {
    expect(treesOf(change)).toEqual({ trees, indptr, infos: trees });
  });

  it.each([[[]], [[{ type: 15, values: [0, 1, 2] }]], [[null, 5, "a", {}, { values: 3 }, { values: [] }]]])(
    "takes categories that name nothing but their codes: %j",
    (enc) => {
      const json = asJson((d) => (d.learner.gradient_booster.model["cats"] = { enc }));
      expect(foreignXgboost(json, false, feature_names).trees.roots).toHaveLength(ALL);
    },
  );

  it.each([[[{ values: [0, 1] }, { values: [7] }]], [[{ values: [0, 1, 9] }]], [[{ values: ["a"] }]]])(
    "is refused where one category has another name than its code: %j",
    (enc) => {
      const json = asJson((d) => (d.learner.gradient_booster.model["cats"] = { enc }));
      expect(() => foreignXgboost(json, false, feature_names)).toThrow(/categories have names/);
    },
  );

  it.each<[string, (document: Document) => void, RegExp]>([
    ["a best round that is none", (d) => bestOf(d, 0.5, []), /best_iteration 0.5/],
    ["rounds that end behind its trees", (d) => bestOf(d, 0, [0, ALL + 1]), /best_iteration 0/],
    ["a best round that there is not", (d) => (d.learner.attributes["best_iteration"] = "99"), /best_iteration 99/],
    [
      "categories with names",
      (d) => (d.learner.gradient_booster.model["cats"] = { enc: [{ type: 15, values: [7, 8, 9] }] }),
      /categories have names/,
    ],
    [
      "no trees",
      (d) => Object.assign(d.learner.gradient_booster.model, { trees: [], tree_info: [], iteration_indptr: [0] }),
      /has no trees|rounds/,
    ],
    ["a later major version", (d) => Object.assign(d, { version: [4, 0, 0] }), /saved by XGBoost 4/],
    [
      "codes that are not in the file",
      (d) => Object.assign((d.learner.gradient_booster.model["trees"] as Record<string, unknown>[])[0]!, { categories: [] }),
      /categories of node \d+ are not in the file/,
    ],
  ])("is refused with %s", (_name, change, message) => {
    expect(() => foreignXgboost(asJson(change), true, feature_names)).toThrow(message);
  });

  it("is refused for other features than its own", () => {
    expect(() => foreignXgboost(UBJ, false, ["ret_1", "minute", "hour"])).toThrow(
      /feature 1 is "hour", the feature set has "minute" there/,
    );
  });
});

describe("readUbjson", () => {
  it.each([
    ["nothing", new Uint8Array(0)],
    ["a text", new TextEncoder().encode("binf")],
    ["a length beyond the file", Uint8Array.of(0x5b, 0x24, 0x64, 0x23, 0x4c, 0, 0, 0, 0, 0x7f, 0, 0, 0)],
    ["a negative length", Uint8Array.of(0x5b, 0x24, 0x64, 0x23, 0x69, 0xff)],
    ["nesting without end", new Uint8Array(10_000).fill(0x5b)],
  ])("refuses %s", (_name, bytes) => {
    expect(() => readUbjson(bytes)).toThrow(/not XGBoost's UBJ format/);
  });

  const bytesOf = (...parts: readonly (string | number)[]) =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...new TextEncoder().encode(part)])));

  it.each<[string, Uint8Array, unknown]>([
    ["a number that ends the file", bytesOf("U", 200), 200],
    ["a small one with a sign", bytesOf("i", 200), -56],
    ["two bytes, the higher first", bytesOf("I", 1, 2), 258],
    ["a float", bytesOf("d", 0x3f, 0x80, 0, 0), 1],
    ["a text that ends the file", bytesOf("SU", 2, "hi"), "hi"],
    ["words", bytesOf("[TFZ]"), [true, false, null]],
    ["an array of one kind", bytesOf("[$U#U", 2, 7, 8), [7, 8]],
    ["an array of a known length", bytesOf("[#U", 2, "TU", 8), [true, 8]],
    ["an object", bytesOf("{U", 1, "aU", 7, "U", 1, "b[]}"), { a: 7, b: [] }],
  ])("reads %s", (_name, bytes, expected) => {
    expect(JSON.stringify(readUbjson(bytes))).toBe(JSON.stringify(expected));
  });

  it.each([
    ["it ends within a value", bytesOf()],
    ["it ends within a value", bytesOf("[")],
    ["it ends within a value", bytesOf("{")],
    ["it ends within a value", bytesOf("[T")],
    ["it ends within a number", bytesOf("I", 1)],
    ["it ends within a text", bytesOf("SU", 3, "hi")],
    ["it ends within a text", bytesOf("SU", 3)],
    ["a length of 4 is more than the file holds", bytesOf("SU", 4)],
    ["a length of -1 is more than the file holds", bytesOf("Si", 255)],
    ["an array of one kind does not say how long it is", bytesOf("[$UU", 1)],
    ['there is no value of the kind "X" at byte 1', bytesOf("[X")],
  ])("says what is wrong: %s", (reason, bytes) => {
    expect(() => readUbjson(bytes)).toThrow(`this is not XGBoost's UBJ format: ${reason}.`);
  });

  it("reads a value within 64 arrays, and none within more", () => {
    const nested = (depth: number) => bytesOf("[".repeat(depth), "T", "]".repeat(depth));
    expect(JSON.stringify(readUbjson(nested(64)))).toBe(`${"[".repeat(64)}true${"]".repeat(64)}`);
    expect(() => readUbjson(nested(65))).toThrow(/nested too deep/);
  });

  it("refuses every file that is cut short", () => {
    for (let length = 0; length < UBJ.length; length += 97) expect(() => readUbjson(UBJ.subarray(0, length))).toThrow(/not XGBoost's UBJ/);
  });
});
