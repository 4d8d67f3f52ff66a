import { describe, expect, it } from "vitest";
import type { FeatureUnit, ViewFeature, ViewSchema } from "../../../shared/features/viewSchema.ts";
import { foreignServices } from "../../../shared/foreign/foreignServices.ts";

const feature = (name: string, unit: FeatureUnit = "ratio"): ViewFeature => ({
  name,
  version: 1,
  unit,
  description: name,
  lookback_bars: 1,
  warm_up_bars: 1,
  leg: null,
  formula: name,
});
const view = (name: string, features: readonly ViewFeature[]): ViewSchema => ({
  name,
  source: "bars",
  when_missing: "nulls",
  ttl_ms: 1,
  market_hours: true,
  features,
  about: { description: name, owner: "a_pipeline", tags: {} },
  schema_hash: `hash of ${name}`,
});
const VIEWS = [view("market", [feature("a"), feature("mid", "price"), feature("b")]), view("news", [feature("n"), feature("m")])];
const shapes = (production: { name: string; feature_names: readonly string[] } | null) =>
  foreignServices("USD_SGD", VIEWS, production).map(({ name, features, views }) => [
    name,
    features.map((one) => one.name).join(),
    views.map((one) => one.view).join("+"),
  ]);

describe("foreignServices", () => {
  const WHOLE = [
    ["market", "a,b", "market"],
    ["market+news", "a,b,n,m", "market+news"],
  ];

  it("are the first view, without levels of the price, and those with each further one", () => {
    expect(shapes(null)).toEqual(WHOLE);
  });

  it.each([
    ["a part of one view", ["a"], "market"],
    ["a part of each, in an order of its own", ["m", "b"], "market+news"],
    ["the news alone", ["n", "m"], "news"],
  ])("and what the version in Production reads: %s", (_case, feature_names, views) => {
    expect(shapes({ name: "usd_sgd", feature_names })).toEqual([...WHOLE, ["usd_sgd", feature_names.join(), views]]);
  });

  it.each([[["a", "former"]], [["former"]]])("unless one of its features, of %j, is not known any more", (feature_names) => {
    expect(shapes({ name: "usd_sgd", feature_names })).toEqual(WHOLE);
  });
});
