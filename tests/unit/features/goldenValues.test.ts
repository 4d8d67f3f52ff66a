import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { computeMarketGolden, goldenDifferences, type MarketGolden, unversionedChanges } from "../../../data/golden/marketGolden.ts";

const recorded = JSON.parse(readFileSync(new URL("../../../data/golden/market_features.json", import.meta.url), "utf8")) as MarketGolden;
const computed = computeMarketGolden();

describe("golden values", () => {
  it("are of the same rows", () => {
    expect(computed.rows).toEqual(recorded.rows);
  });

  it("every feature gives what was recorded for its version", () => {
    expect(goldenDifferences(recorded, computed)).toEqual([]);
  });

  it("every feature has a value in at least one row", () => {
    const empty = Object.entries(recorded.values).filter(([, list]) => list.every((value) => value === null));
    expect(empty.map(([key]) => key)).toEqual([]);
  });
});

describe("goldenDifferences", () => {
  const golden = (values: MarketGolden["values"]): MarketGolden => ({ rows: ["r"], values });

  it("a changed formula under the same version asks for a new version", () => {
    const [message] = goldenDifferences(golden({ "x@1": [1] }), golden({ "x@1": [1.000001] }));
    expect(message).toMatch(/x@1 gives 1.000001 where 1 is recorded: bump its version/);
  });

  it("a null is no number", () => {
    expect(goldenDifferences(golden({ "x@1": [0] }), golden({ "x@1": [null] }))).toHaveLength(1);
  });

  it("a new version asks for a new record, and may be recorded", () => {
    const [was, is] = [golden({ "x@1": [1] }), golden({ "x@2": [2] })];
    expect(goldenDifferences(was, is)).toHaveLength(2);
    expect(unversionedChanges(was, is)).toEqual([]);
    expect(unversionedChanges(was, golden({ "x@1": [2], "y@1": [3] }))).toHaveLength(1);
  });
});
