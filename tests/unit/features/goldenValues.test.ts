import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type FeatureGolden, goldenDifferences, unversionedChanges } from "../../../data/golden/featureGolden.ts";
import { computeMarketGolden } from "../../../data/golden/marketGolden.ts";
import { computeNewsGolden } from "../../../data/golden/newsGolden.ts";
import { computeOnDemandGolden } from "../../../data/golden/onDemandGolden.ts";
import { catalogueViews } from "../../../shared/catalogue/catalogueViews.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { featureKey } from "../../../shared/features/viewSchema.ts";

const recordOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../data/golden/${name}`, import.meta.url), "utf8")) as FeatureGolden;

describe.each([
  ["market_features.json", computeMarketGolden()],
  ["news_features.json", computeNewsGolden()],
  ["on_demand_features.json", computeOnDemandGolden()],
] as const)("golden values of %s", (name, computed) => {
  const recorded = recordOf(name);

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

it("every feature of the catalogue that is computed here has a golden value", () => {
  const files = ["market_features.json", "news_features.json", "on_demand_features.json"];
  const keys = new Set(files.flatMap((name) => Object.keys(recordOf(name).values)));
  const computed = catalogueViews({ instruments: DEFAULT_INSTRUMENTS }).filter(({ kind }) => kind !== "pushed");
  const missing = computed.flatMap(({ kind, name, features }) =>
    features.map((feature) => `${kind === "articles" ? `${name}:` : ""}${featureKey(feature)}`).filter((key) => !keys.has(key)),
  );
  expect(missing).toEqual([]);
});

describe("goldenDifferences", () => {
  const golden = (values: FeatureGolden["values"]): FeatureGolden => ({ rows: ["r"], values });

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
