import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { defineView } from "../../../shared/features/featureView.ts";
import { featureSetHash, modelFeatureNames, viewsOf } from "../../../shared/features/modelFeatures.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { MARKET_TECHNICAL, marketFeatures, SILVER_VIEWS } from "../../../shared/features/registry.ts";
import { ret_1, ret_5 } from "../../../shared/features/returns.ts";
import { toRegisteredView, type ViewSchema } from "../../../shared/features/viewSchema.ts";

const GOLD = marketFeatures(DEFAULT_INSTRUMENTS);
const names = GOLD.features.map((feature) => feature.name);

describe("registry", () => {
  it("silver has the features of the catalogue", () => {
    expect(SILVER_VIEWS.map((view) => [view.name, view.features.length])).toEqual([
      ["market_technical", 15],
      ["market_microstructure", 10],
      ["market_volatility", 13],
    ]);
  });

  it("gold holds all of silver, the legs, the calendar and the lags, each once", () => {
    expect(GOLD.name).toBe("market_features");
    expect(GOLD.ttl_ms).toBe(2 * HOUR);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(38 + 7 * 2 + 4 + 11 + 8);
    for (const view of SILVER_VIEWS) for (const feature of view.features) expect(GOLD.features).toContain(feature);
    expect(names).toEqual(expect.arrayContaining(["EUR_USD_ret_1", "SGD_JPY_ret_1_lag_1", "corr_50_EUR_USD", "ret_1_lag_10"]));
  });

  it("every definition is complete, in snake_case, and looks back no further than 1,000 bars", () => {
    for (const feature of GOLD.features) {
      expect(feature.name).toMatch(/^([A-Z]{3}_[A-Z]{3}_)?[a-z][a-z0-9_]*(_[A-Z]{3}_[A-Z]{3})?$/);
      expect(feature.version, feature.name).toBeGreaterThanOrEqual(1);
      expect(feature.description, feature.name).toMatch(/^.{15,}\.$/);
      expect(feature.lookback_bars, feature.name).toBeLessThanOrEqual(1_000);
      // Equal: a value never depends on how much history happened to be loaded.
      expect(feature.warm_up_bars, feature.name).toBe(feature.lookback_bars);
    }
    expect(GOLD.lookback_bars).toBe(722);
  });

  it("of those that say how many bars they look over, the number is their lookback", () => {
    const told = GOLD.features.flatMap(({ description, lookback_bars }) => {
      const [, bars] = /over the last (\d+) bars/.exec(description) ?? [];
      return bars === undefined ? [] : [[Number(bars), lookback_bars]];
    });
    expect(told.length).toBeGreaterThan(0);
    for (const [bars, lookback] of told) expect(bars).toBe(lookback);
  });

  it("the schema does not depend on the order or repetition of the legs, but on which they are", () => {
    expect(marketFeatures([...DEFAULT_INSTRUMENTS].reverse().concat("USD_SGD")).schema_hash).toBe(GOLD.schema_hash);
    expect(marketFeatures(DEFAULT_INSTRUMENTS.slice(1)).schema_hash).not.toBe(GOLD.schema_hash);
  });

  it("without EUR_USD among the instruments there is no correlation with it", () => {
    expect(marketFeatures(["USD_SGD", "USD_JPY"]).features.some((feature) => feature.name.startsWith("corr_50"))).toBe(false);
  });
});

describe("schema_hash", () => {
  const hash = (...features: Parameters<typeof defineView>[2]) => defineView("v", 1, features).schema_hash;

  it("is 16 hex digits over view, names, versions and order", () => {
    const base = hash(ret_1, ret_5);
    expect(base).toMatch(/^[0-9a-f]{16}$/);
    expect(hash(ret_5, ret_1)).not.toBe(base);
    expect(hash(ret_1, { ...ret_5, version: 2 })).not.toBe(base);
    expect(hash(ret_1)).not.toBe(base);
    expect(defineView("w", 1, [ret_1, ret_5]).schema_hash).not.toBe(base);
    expect(hash(ret_1, { ...ret_5, description: "Said otherwise." })).toBe(base);
  });

  it("the registered view carries the definitions as plain data", () => {
    const registered = toRegisteredView(MARKET_TECHNICAL);
    expect(registered).toMatchObject({ view: "market_technical", schema_hash: MARKET_TECHNICAL.schema_hash, ttl_ms: 2 * HOUR });
    expect(registered.features[1]).toEqual({
      name: "ret_1",
      version: 1,
      unit: "log_return",
      lookback_bars: 2,
      warm_up_bars: 2,
      description: ret_1.description,
    });
    expect(JSON.parse(JSON.stringify(registered))).toEqual(registered);
  });
});

describe("modelFeatureNames", () => {
  const model = modelFeatureNames(GOLD, "USD_SGD");

  it("leaves out levels", () => {
    const left_out = names.filter((name) => !model.includes(name));
    expect(left_out).toEqual([
      "mid",
      "roll_mean_20",
      "ewma_short",
      "ewma_long",
      "spread",
      "spread_ma_20",
      "volume",
      "volume_ma_20",
      "amihud_20",
      "USD_SGD_ret_1",
      "USD_SGD_ret_1_lag_1",
    ]);
  });

  it("leaves out an instrument's own leg, in the view's order", () => {
    const euro = modelFeatureNames(GOLD, "EUR_USD");
    expect(euro).not.toContain("corr_50_EUR_USD");
    expect(euro).not.toContain("EUR_USD_ret_1");
    expect(euro).toContain("USD_SGD_ret_1");
    expect(euro).toEqual(names.filter((name) => euro.includes(name)));
  });

  it("has a hash that tells feature sets apart", () => {
    const hashOf = (instrument: string, views: readonly ViewSchema[] = [GOLD]) =>
      featureSetHash(
        views,
        views.flatMap((view) => modelFeatureNames(view, instrument)),
      );
    expect(hashOf("USD_SGD")).toMatch(/^[0-9a-f]{16}$/);
    expect(hashOf("EUR_USD")).not.toBe(hashOf("USD_SGD"));
    expect(hashOf("USD_SGD", [marketFeatures(DEFAULT_INSTRUMENTS)])).toBe(hashOf("USD_SGD"));
    expect(hashOf("USD_SGD", [GOLD, NEWS_FEATURES])).not.toBe(hashOf("USD_SGD"));
    expect(() => featureSetHash([GOLD], ["moon_phase"])).toThrow(/moon_phase/);
  });

  it("names the views that the columns come from, in order", () => {
    const views = [GOLD, NEWS_FEATURES];
    expect(viewsOf(views, ["ret_1"])).toEqual([GOLD]);
    expect(viewsOf(views, ["consensus", "ret_1"])).toEqual(views);
  });

  it("no feature of news has the name of one of the market", () => {
    const market = new Set(GOLD.features.map((feature) => feature.name));
    expect(NEWS_FEATURES.features.filter((feature) => market.has(feature.name))).toEqual([]);
  });
});
