import { describe, expect, it } from "vitest";
import {
  type CatalogueFeature,
  type CatalogueView,
  featureLines,
  matchingLines,
} from "../../../../../dashboards/web/src/pages/features/catalogueLines.ts";
import { readersOfFeature } from "../../../../../dashboards/web/src/pages/features/readersOfFeature.ts";
import { unitLabel, withUnit } from "../../../../../dashboards/web/src/pages/features/unitLabel.ts";
import { viewsOfFeatures } from "../../../../../dashboards/web/src/pages/features/viewsOfFeatures.ts";
import { DEFAULT_INSTRUMENTS } from "../../../../../shared/domain/instrument.ts";
import { modelViews, storedViews } from "../../../../../shared/features/views.ts";

function feature(view: string, name: string, fields: Partial<CatalogueFeature> = {}): CatalogueFeature {
  const base = { ref: `${view}:${name}`, name, view, version: 1, unit: "ratio", description: `What ${name} is.`, formula: null };
  return { ...base, lookback: 1, lookback_unit: "bars", is_level: false, ...fields };
}

const view = (name: string, kind: string, layer: string, features: readonly CatalogueFeature[], source = ["bars"]): CatalogueView => ({
  ...{ name, kind, source, features },
  tags: { layer },
});

const VIEWS = [
  view("silver_view", "rows", "silver", [feature("silver_view", "vol_20", { formula: "sqrt(sum r^2 / 19)" })]),
  view("gold_view", "rows", "gold", [feature("gold_view", "vol_20"), feature("gold_view", "mid", { is_level: true })]),
  view("news_view", "rows", "gold", [feature("news_view", "article_count")], ["articles"]),
  view("joined", "join", "gold", [feature("gold_view", "vol_20")], ["gold_view", "news_view"]),
];
const LISTS = [
  { model: { name: "a-model", version: "1" }, instrument: "USD_SGD", features: [feature("gold_view", "vol_20")] },
  { model: { name: "b-model", version: "3" }, instrument: "EUR_USD", features: [feature("gold_view", "vol_20")] },
  { model: null, instrument: "EUR_USD", features: [feature("news_view", "article_count")] },
];

describe("the catalogue's features", () => {
  const lines = featureLines(VIEWS, LISTS);
  const ALL = { words: "", view: "", layer: "", read: "all" } as const;
  const found = (filter: Partial<Parameters<typeof matchingLines>[1]>) =>
    matchingLines(lines, { ...ALL, ...filter }).map((line) => line.feature.ref);

  it("stand there once each, without what a join only shows", () => {
    expect(lines.map((line) => line.feature.ref)).toEqual([
      "silver_view:vol_20",
      "gold_view:vol_20",
      "gold_view:mid",
      "news_view:article_count",
    ]);
  });

  it("name the models in Production that read them, and where models read the same", () => {
    expect(lines.map(({ models, read_in }) => [models, read_in])).toEqual([
      [[], "gold_view"],
      [["a-model", "b-model"], null],
      [[], null],
      [[], null],
    ]);
  });

  it("are found by all words of name, formula, unit or source, and by view, layer and reader", () => {
    expect(found({ words: "SQRT vol" })).toEqual(["silver_view:vol_20"]);
    expect(found({ words: "articles" })).toEqual(["news_view:article_count"]);
    expect(found({ words: "vol nothing" })).toEqual([]);
    expect(found({ layer: "gold", view: "gold_view" })).toEqual(["gold_view:vol_20", "gold_view:mid"]);
    expect(found({ read: "models" })).toEqual(["gold_view:vol_20"]);
    expect(found({ read: "none" })).toHaveLength(3);
  });
});

describe("who reads a feature", () => {
  const readers = (of_view: string, name: string) => readersOfFeature(VIEWS, LISTS, { view: of_view, name });
  const MODELS = [
    { name: "a-model", version: "1" },
    { name: "b-model", version: "3" },
  ];

  it("are the models that read it, or read the same from the view that they read", () => {
    expect(readers("gold_view", "vol_20")).toEqual({ models: MODELS, read_in: null });
    expect(readers("silver_view", "vol_20")).toEqual({ models: MODELS, read_in: "gold_view" });
    expect(readers("gold_view", "mid")).toEqual({ models: [], read_in: null });
  });
});

describe("the view of a model's feature", () => {
  const named = (name: string, kind: string, layer: string, features: readonly string[]) => ({ name, kind, tags: { layer }, features });
  const places = viewsOfFeatures([
    named("silver_view", "rows", "silver", ["vol_20", "only_silver"]),
    named("sentiments", "articles", "silver", ["sentiment_score"]),
    named("joined", "join", "gold", ["vol_20", "nowhere_else"]),
    named("gold_view", "rows", "gold", ["vol_20"]),
    named("news_view", "rows", "gold", ["sentiment_score"]),
    named("lags", "on_demand", "on_demand", ["ret_lag"]),
  ]);

  it("is the one that models read, and never a join", () => {
    expect(Object.fromEntries(places)).toEqual({
      ...{ vol_20: "gold_view", only_silver: "silver_view", sentiment_score: "news_view", ret_lag: "lags" },
    });
  });

  it("is found for every feature that a model may read", () => {
    const views = modelViews({ instruments: DEFAULT_INSTRUMENTS }).map(({ name, features }) =>
      named(
        name,
        "rows",
        "gold",
        features.map((one) => one.name),
      ),
    );
    const found = viewsOfFeatures(views);
    for (const { name, features } of views) for (const one of features) expect([one, found.get(one)]).toEqual([one, name]);
  });
});

describe("the unit of a feature", () => {
  it("has a label for every unit that there is", () => {
    const units = new Set(storedViews({ instruments: DEFAULT_INSTRUMENTS }).flatMap(({ features }) => features.map(({ unit }) => unit)));
    expect(units.size).toBeGreaterThan(10);
    for (const unit of units) expect(unitLabel(unit)).not.toMatch(/_| 0 100| 0 1$/);
  });

  it("stands behind a figure only where it is a word of it", () => {
    expect(withUnit("62.1", "percent_0_100")).toBe("62.1");
    expect(withUnit("3", "articles")).toBe("3 articles");
    expect([unitLabel("percent_0_100"), unitLabel("of_tomorrow")]).toEqual(["0 to 100", "of tomorrow"]);
  });
});
