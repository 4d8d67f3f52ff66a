import { describe, expect, it } from "vitest";
import { allInputServices, inputServices, modelService, onDemandService } from "../../../shared/catalogue/catalogueService.ts";
import { catalogueViews } from "../../../shared/catalogue/catalogueViews.ts";
import { requireFeature, requireView } from "../../../shared/catalogue/findInCatalogue.ts";
import { nearestNames } from "../../../shared/catalogue/nearestNames.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { modelFeatureNames } from "../../../shared/features/modelFeatures.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { ON_DEMAND_VIEWS } from "../../../shared/features/onDemand/onDemandViews.ts";
import { MARKET_TECHNICAL, marketFeatures } from "../../../shared/features/registry.ts";
import { retiredMarketFeatures } from "../../../shared/features/retiredViews.ts";
import { featureListHash, referenceOf } from "../../../shared/features/viewSchema.ts";
import { FEATURE_FAMILIES } from "../../../shared/features/views.ts";

const config = { instruments: DEFAULT_INSTRUMENTS };
const views = catalogueViews(config);
const GOLD = marketFeatures(DEFAULT_INSTRUMENTS);
const RETIRED = retiredMarketFeatures(DEFAULT_INSTRUMENTS)[0]!;
const viewOf = (name: string) => requireView(views, name);

describe("the catalogue", () => {
  it("has the views of the plan, in the order in which they are made", () => {
    expect(views.map(({ name, kind, entity }) => [name, kind, entity])).toEqual([
      ["market_technical", "rows", "instrument"],
      ["market_microstructure", "rows", "instrument"],
      ["market_volatility", "rows", "instrument"],
      ["market_features", "rows", "instrument"],
      ["news_sentiment", "articles", "article"],
      ["news_features", "rows", "instrument"],
      ["combined_features", "join", "instrument"],
      ["market_liquidity", "pushed", "instrument"],
      ["market_lags", "on_demand", "instrument"],
      ["quote_features", "on_demand", "instrument"],
    ]);
  });

  it("tells of each view what its definition says", () => {
    expect(viewOf("market_technical")).toMatchObject({
      schema_hash: MARKET_TECHNICAL.schema_hash,
      ttl_ms: 2 * HOUR,
      retired_schema_hashes: [],
    });
    expect(viewOf("market_features")).toMatchObject({
      schema_hash: GOLD.schema_hash,
      ttl_counts: "market_hours",
      lookback_unit: "bars",
      source: ["bars"],
      retired_schema_hashes: [RETIRED.schema_hash],
    });
    expect(viewOf("news_features")).toMatchObject({
      ttl_ms: 6 * HOUR,
      ttl_counts: "wall_clock",
      lookback_unit: "hours",
      source: ["articles"],
    });
    expect(viewOf("news_features").features.map(({ name }) => name)).toEqual(NEWS_FEATURES.features.map(({ name }) => name));
  });

  it("says of everything what it is, whose and how it is computed", () => {
    for (const { name, about, features } of views) {
      expect(about.description, name).toMatch(/^.{40,}\.$/s);
      expect(about.owner, name).toMatch(/^(market_feature_pipeline|news_feature_pipeline|model_training|whoever pushes)$/);
      expect(about.tags, name).toHaveProperty("layer");
      expect(new Set(features.map((feature) => feature.name)).size, name).toBe(features.length);
      for (const { name: feature, description, formula, dtype } of features) {
        expect(description, feature).toMatch(/^.{15,}\.$|^\|pair_directional_signal\|\.$/);
        expect(formula ?? "left to the description", feature).toMatch(/\S{1}.{10,}/);
        expect(dtype).toBe("double");
      }
    }
  });

  it.each([
    ["market_features", "ret_5", "ln(mid_t / mid_{t-5}). Warm-up: 6 bars."],
    ["market_features", "vol_20_lag_1", "vol_20 of the row of 1 trading bar earlier, to the bit. vol_20 is: sqrt(sum"],
    ["market_features", "EUR_USD_ret_1", "of EUR_USD over its bar of the same hour"],
    ["market_volatility", "parkinson_vol_20", "sqrt(mean20(ln(H/L)^2) / (4 ln 2))"],
    ["news_features", "consensus", "max of: sum w over those with sentiment > 0 / sum w"],
    ["news_sentiment", "market_coherence", "tanh(-z x sgd_directional_signal)"],
  ])("has the formula of %s:%s", (view, feature, formula) => {
    expect(requireFeature(viewOf(view), feature).formula).toContain(formula);
  });

  it("joins what a model may read under the names and views that hold it", () => {
    const { features, source, schema_hash } = viewOf("combined_features");
    expect(source).toEqual(["market_features", "news_features"]);
    expect(features.map(({ view, name }) => `${view}:${name}`)).toEqual([
      ...GOLD.features.map(({ name }) => `market_features:${name}`),
      ...NEWS_FEATURES.features.map(({ name }) => `news_features:${name}`),
    ]);
    expect(schema_hash).toBe(featureListHash("combined_features", features));
  });

  it("knows levels and legs", () => {
    expect(requireFeature(viewOf("market_features"), "mid").is_level).toBe(true);
    expect(requireFeature(viewOf("market_features"), "SGD_JPY_ret_1")).toMatchObject({ leg: "SGD_JPY", is_level: false, lookback: 2 });
  });

  it("says whose bars a feature is computed from", () => {
    const of = (name: string, view = "market_features") => requireFeature(viewOf(view), name).bars_of;
    expect([of("ret_5"), of("hour_sin"), of("mid", "market_technical")]).toEqual([["own"], ["own"], ["own"]]);
    expect([of("SGD_JPY_ret_1"), of("SGD_JPY_ret_1_lag_1", "combined_features")]).toEqual([["SGD_JPY"], ["SGD_JPY"]]);
    expect(of("corr_50_EUR_USD")).toEqual(["own", "EUR_USD"]);
    expect([of("consensus", "news_features"), of("quote_return", "quote_features")]).toEqual([[], []]);
    expect([of("label_mass", "news_sentiment"), of("quoted_depth", "market_liquidity")]).toEqual([[], []]);
  });

  it("says of what is computed on demand what it is computed from, and what comes with the question", () => {
    expect(viewOf("quote_features")).toMatchObject({
      source: ["market_features", "the question"],
      ttl_ms: null,
      retired_schema_hashes: [],
    });
    expect(viewOf("quote_features").request_fields.map(({ name }) => name)).toEqual(["bid", "ask"]);
    expect(requireFeature(viewOf("quote_features"), "quote_return").inputs).toEqual(["bid", "ask", "market_features:mid"]);
    expect(viewOf("market_lags")).toMatchObject({ source: ["market_features"], request_fields: [] });
    expect(requireFeature(viewOf("market_lags"), "ret_1_lag_24").inputs).toEqual(["market_features:ret_1 of 24 rows earlier"]);
  });

  it("has the views of a further family without being told", () => {
    const further = { ...NEWS_FEATURES, name: "rates_features", features: [{ ...NEWS_FEATURES.features[0]!, name: "rate" }] };
    const found = catalogueViews({ ...config, families: [...FEATURE_FAMILIES, { view: () => further }] });
    expect(found.map(({ name }) => name).slice(-5, -3)).toEqual(["rates_features", "combined_features"]);
    expect(found.at(-4)!.features.at(-1)).toMatchObject({ name: "rate", view: "rates_features" });
    expect(
      inputServices({ ...config, families: [...FEATURE_FAMILIES, { view: () => further }] }, "USD_SGD").map(({ name }) => name),
    ).toEqual(["fx-usdsgd-market", "fx-usdsgd-market-news", "fx-usdsgd-market-news-rates"]);
  });
});

describe("feature services", () => {
  it("of every instrument list what its model may be trained on, in order", () => {
    expect(allInputServices(config)).toHaveLength(3 * DEFAULT_INSTRUMENTS.length);
    const [market, whole] = inputServices(config, "EUR_USD");
    expect(market).toMatchObject({ name: "fx-eurusd-market", instrument: "EUR_USD", model: null, views: [referenceOf(GOLD)] });
    expect(market!.features.map(({ name }) => name)).toEqual(modelFeatureNames(GOLD, "EUR_USD"));
    expect(whole!.features.map(({ view, name }) => `${view}:${name}`)).toEqual([
      ...modelFeatureNames(GOLD, "EUR_USD").map((name) => `market_features:${name}`),
      ...modelFeatureNames(NEWS_FEATURES, "EUR_USD").map((name) => `news_features:${name}`),
    ]);
  });

  it("of what is computed on demand list it behind the market's, under a hash of its own", () => {
    const [market] = inputServices(config, "EUR_USD");
    const service = onDemandService(config, "EUR_USD");
    expect(service).toMatchObject({
      name: "fx-eurusd-market-on-demand",
      model: null,
      schemas: [referenceOf(GOLD)].map(({ schema_hash }) => ({ schema_hash })),
    });
    const names = service.features.map(({ name }) => name);
    expect(names.slice(0, market!.features.length)).toEqual(market!.features.map(({ name }) => name));
    expect(service.features.slice(market!.features.length).map(({ view, name }) => `${view}:${name}`)).toEqual(
      ON_DEMAND_VIEWS.flatMap((view) => view.features.map(({ name }) => `${view.name}:${name}`)),
    );
    expect(service.feature_set_hash).not.toBe(market!.feature_set_hash);
  });

  const version = { name: "fx-usdsgd-predictor", version: "3", run_id: "r" };

  it("of a model list what its card says, of the schema that its card says", () => {
    const card = { instrument: "USD_SGD", views: [referenceOf(RETIRED)], feature_names: ["rollover_hour", "ret_1"] };
    const service = modelService(config, version, card, "fx-usdsgd-predictor");
    expect(service).toMatchObject({ name: "fx-usdsgd-predictor", model: version, schemas: [{ schema_hash: RETIRED.schema_hash }] });
    expect(service.features.map(({ name, version: of_formula }) => [name, of_formula])).toEqual([
      ["rollover_hour", 1],
      ["ret_1", 1],
    ]);
    expect(service.feature_set_hash).not.toBe(
      modelService(config, version, { ...card, views: [referenceOf(GOLD)] }, "fx-usdsgd-predictor").feature_set_hash,
    );
  });

  it("of a schema that is no longer built say what to do", () => {
    const card = { instrument: "USD_SGD", views: [{ view: "market_features", schema_hash: "0".repeat(16) }], feature_names: ["ret_1"] };
    expect(() => modelService(config, version, card, "fx-usdsgd-predictor@3")).toThrow(
      expect.objectContaining({
        status: 409,
        message: expect.stringMatching(/market_features@0{16}, which this installation no longer builds: train/),
      }),
    );
  });
});

describe("names that are not there", () => {
  it.each([
    ["market_feature", ["market_features"]],
    ["Market_Volatility", ["market_volatility"]],
    ["technical", ["market_technical"]],
    ["zzz", []],
    ["", []],
    ["x".repeat(10_000), []],
  ])("%s is taken for %j", (name, nearest) => {
    const found = nearestNames(
      name,
      views.map((view) => view.name),
    );
    expect(found.slice(0, 1)).toEqual(nearest);
  });

  it("are a 404 that names them and what may have been meant", () => {
    expect(() => requireFeature(viewOf("market_features"), "ret1")).toThrow(
      expect.objectContaining({
        status: 404,
        code: "unknown_feature",
        message: expect.stringMatching(/^feature: there is no feature in market_features "ret1"\. Did you mean ret_1/),
        details: { field: "feature", nearest: expect.arrayContaining(["ret_1"]) },
      }),
    );
    expect(() => viewOf("nothing_like_it_at_all")).toThrow(/GET \/api\/features lists what there is/);
  });
});
