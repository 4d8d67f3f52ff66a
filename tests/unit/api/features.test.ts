import { beforeEach, describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { modelFeatureNames } from "../../../shared/features/modelFeatures.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { ON_DEMAND_VIEWS } from "../../../shared/features/onDemand/onDemandViews.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { addModel, GOLD, INSTRUMENTS } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const ON_DEMAND_COUNT = ON_DEMAND_VIEWS.flatMap(({ features }) => features).length;
const NOON = Date.UTC(2025, 5, 25, 12);

describe("the catalogue by HTTP", () => {
  let ports: TestPorts;
  let app: TestApp;
  const get = (path: string) => app.call("GET", path);

  beforeEach(async () => {
    ports = await createTestPorts({ now: NOON, config: { instruments: INSTRUMENTS } });
    app = createTestApp(ports);
  });

  it("lists entities, views and what models may read", async () => {
    const { status, body } = await get("/api/features");
    expect(status).toBe(200);
    expect(body.entities.map((one: { join_key: string }) => one.join_key)).toEqual(["instrument", "article_id"]);
    const gold = body.views.find((one: { name: string }) => one.name === "market_features");
    expect(gold).toMatchObject({
      ttl_seconds: 7_200,
      ttl_counts: "market_hours",
      owner: "market_feature_pipeline",
      schema_hash: GOLD.schema_hash,
    });
    expect(gold.features).toEqual(GOLD.features.map(({ name }) => name));
    expect(body.services.map((one: { name: string; features: number }) => [one.name, one.features])).toEqual([
      ["fx-usdsgd-market", modelFeatureNames(GOLD, "USD_SGD").length],
      ["fx-usdsgd-market-news", modelFeatureNames(GOLD, "USD_SGD").length + NEWS_FEATURES.features.length],
      ["fx-usdsgd-market-on-demand", modelFeatureNames(GOLD, "USD_SGD").length + ON_DEMAND_COUNT],
      ["fx-eurusd-market", modelFeatureNames(GOLD, "EUR_USD").length],
      ["fx-eurusd-market-news", modelFeatureNames(GOLD, "EUR_USD").length + NEWS_FEATURES.features.length],
      ["fx-eurusd-market-on-demand", modelFeatureNames(GOLD, "EUR_USD").length + ON_DEMAND_COUNT],
    ]);
    expect(body.unreadable_services).toEqual([]);
  });

  it("explains a view and a feature, through a join as well", async () => {
    const view = (await get("/api/features/views/news_features")).body;
    expect(view).toMatchObject({ kind: "rows", entity: "instrument", ttl_seconds: 6 * 3_600 });
    expect(view.features[0]).toMatchObject({
      ref: "news_features:sentiment_score",
      unit: "signed_score",
      lookback: 24,
      lookback_unit: "hours",
    });
    const feature = (await get("/api/features/views/combined_features/ret_5")).body;
    expect(feature).toMatchObject({
      ref: "combined_features:ret_5",
      view: "market_features",
      version: 1,
      unit: "log_return",
      lookback_unit: "bars",
      bars_of: ["own"],
    });
    expect(feature.formula).toContain("ln(mid_t / mid_{t-5})");
    expect(feature.services).toHaveLength(6);
    expect((await get("/api/features/views/market_features/mid")).body).toMatchObject({ is_level: true, services: [] });
    expect((await get("/api/features/views/news_sentiment/label_mass")).body).toMatchObject({ lookback: null, services: [] });
  });

  it("has the exact list of the model in Production, and of any version by its number", async () => {
    const first = ["ret_1", "vol_20"];
    await addModel(ports, { run_id: "a".repeat(32), strength: 1, promoted_at: NOON - HOUR, feature_names: first });
    await addModel(ports, { run_id: "b".repeat(32), strength: 1, feature_names: ["zscore_20", "ret_1"] });
    const service = (await get("/api/features/services/fx-usdsgd-predictor")).body;
    expect(service).toMatchObject({ instrument: "USD_SGD", model: { name: "fx-usdsgd-predictor", version: "1", run_id: "a".repeat(32) } });
    expect(service.features.map((one: { ref: string }) => one.ref)).toEqual(["market_features:ret_1", "market_features:vol_20"]);
    const second = (await get("/api/features/services/fx-usdsgd-predictor@2")).body;
    expect(second.features.map((one: { name: string }) => one.name)).toEqual(["zscore_20", "ret_1"]);
    expect(second.feature_set_hash).not.toBe(service.feature_set_hash);
    const { services } = (await get("/api/features")).body;
    expect(services.map((one: { name: string }) => one.name)).toContain("fx-usdsgd-predictor");
    expect((await get("/api/features/views/market_features/vol_20")).body.services).toContain("fx-usdsgd-predictor");
  });

  it("says which model in Production it cannot tell of, and why", async () => {
    const card = { views: [{ view: "market_features", schema_hash: "0".repeat(16) }] };
    await addModel(ports, { run_id: "c".repeat(32), strength: 1, promoted_at: NOON - HOUR, card });
    const { body } = await get("/api/features");
    expect(body.unreadable_services).toEqual([{ name: "fx-usdsgd-predictor", reason: expect.stringContaining("no longer builds") }]);
    const asked = await get("/api/features/services/fx-usdsgd-predictor");
    expect([asked.status, asked.body.code, asked.body.field]).toEqual([409, "schema_mismatch", "feature_service"]);
  });

  it.each([
    ["/api/features/views/market_featurs", "unknown_feature_view", "view", "market_features"],
    ["/api/features/views/market_featurs/ret_1", "unknown_feature_view", "view", "market_features"],
    ["/api/features/views/market_features/ret1", "unknown_feature", "feature", "ret_1"],
    ["/api/features/services/fx-usdsgd-markt", "unknown_feature_service", "feature_service", "fx-usdsgd-market"],
    ["/api/features/services/fx-usdsgd-predictor", "unknown_feature_service", "feature_service", "fx-usdsgd-predictor"],
    ["/api/features/services/fx-usdsgd-predictor@9", "unknown_feature_service", "feature_service", "fx-usdsgd-predictor"],
    ["/api/features/services/%F0%9F%92%A9@1", "unknown_feature_service", "feature_service", null],
  ])("%s is a 404 that names it", async (path, code, field, nearest) => {
    const { status, body } = await get(path);
    expect([status, body.code, body.field]).toEqual([404, code, field]);
    if (nearest === null) expect(body.context.nearest).toEqual([]);
    else expect(body.context.nearest).toContain(nearest);
    expect(body.detail).toContain(decodeURIComponent(path.split("/").at(path.endsWith("/ret_1") ? -2 : -1)!));
  });
});
