import { describe, expect, it } from "vitest";
import { NEWS_FEATURES } from "../../../../shared/features/news/newsView.ts";
import {
  asked,
  computeOnDemand,
  defineOnDemandFeature,
  type RequestField,
  stored,
} from "../../../../shared/features/onDemand/onDemandFeature.ts";
import { requestFieldsOf, sourceViewsOf } from "../../../../shared/features/onDemand/onDemandView.ts";
import { ON_DEMAND_VIEWS } from "../../../../shared/features/onDemand/onDemandViews.ts";
import { QUOTE_FEATURES } from "../../../../shared/features/onDemand/quoteFeatures.ts";
import { marketFeatures, SILVER_VIEWS } from "../../../../shared/features/registry.ts";

const FIELD: RequestField = { name: "amount", unit: "ratio", above: 0, description: "An amount." };
const ratio = defineOnDemandFeature({
  name: "ratio",
  version: 1,
  unit: "ratio",
  description: "One over the other.",
  formula: "a / b",
  inputs: [stored("v", "a"), asked(FIELD)],
  compute: (a, b) => a! / b!,
});

describe("a feature on demand", () => {
  it.each([
    [6, 3, 2],
    [Number.NaN, 3, Number.NaN],
    [6, Number.NaN, Number.NaN],
    [6, Number.POSITIVE_INFINITY, Number.NaN],
    [6, 0, Number.NaN],
  ])("of %d and %d is %d: null where an input is, and where there is no finite value", (a, b, expected) => {
    expect(computeOnDemand(ratio, (input) => (input.kind === "stored" ? a : b))).toBe(expected);
  });

  it("without an input is none", () => {
    expect(() => defineOnDemandFeature({ ...ratio, inputs: [] })).toThrow(/ratio/);
  });

  it("says what must come with a question, each once, and whose rows it reads", () => {
    expect(requestFieldsOf([ratio, ratio])).toEqual([FIELD]);
    expect(sourceViewsOf([ratio, ratio])).toEqual(["v"]);
  });
});

describe("the views on demand", () => {
  const views = [...SILVER_VIEWS, marketFeatures(["USD_SGD", "EUR_USD"]), NEWS_FEATURES];
  const stored_names = new Set(views.flatMap((view) => [view.name, ...view.features.map(({ name }) => name)]));
  const features = ON_DEMAND_VIEWS.flatMap((view) => view.features);

  it("are made of features that are stored", () => {
    for (const { name, inputs } of features) {
      for (const input of inputs) {
        if (input.kind === "request") continue;
        expect(
          views.find((view) => view.name === input.view)?.features.map((feature) => feature.name),
          name,
        ).toContain(input.feature);
        expect(Number.isInteger(input.rows_back) && input.rows_back >= 0, name).toBe(true);
      }
    }
  });

  it("have names that no stored view or feature has, and tell of themselves", () => {
    const names = [...ON_DEMAND_VIEWS.map(({ name }) => name), ...features.map(({ name }) => name)];
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => stored_names.has(name))).toEqual([]);
    for (const { name, description, formula } of features) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(description, name).toMatch(/^.{15,}\.$/);
      expect(formula, name).not.toBe("");
    }
    for (const { schema_hash } of ON_DEMAND_VIEWS) expect(schema_hash).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe("the features of a quote", () => {
  const row: Record<string, number> = { mid: 1.25, vol_20: 0.001, spread_ma_20: 0.0002 };
  const valuesOf = (bid: number, ask: number) =>
    QUOTE_FEATURES.features.map((feature) =>
      computeOnDemand(feature, (input) => (input.kind === "stored" ? row[input.feature]! : { bid, ask }[input.field.name]!)),
    );

  it("are those of their formulas", () => {
    const [ret, vols, spread, ratio_of_spread] = valuesOf(1.2512, 1.2516) as [number, number, number, number];
    expect(ret).toBeCloseTo(Math.log(1.2514 / 1.25), 12);
    expect(vols).toBeCloseTo(ret / 0.001, 9);
    expect(spread).toBeCloseTo(0.0004 / 1.2514, 12);
    expect(ratio_of_spread).toBeCloseTo(2, 9);
  });

  it("are null where the ask lies below the bid, and of a spread of nothing 0", () => {
    expect(valuesOf(1.2516, 1.2512)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(valuesOf(1.25, 1.25)).toEqual([0, 0, 0, 0]);
  });
});
