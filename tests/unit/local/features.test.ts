import { describe, expect, it } from "vitest";
import { renderCatalogue } from "../../../functions/local/commands/features.ts";
import { renderShown } from "../../../functions/local/commands/featuresShow.ts";
import { catalogueSchema, featureInUseSchema, featureServiceSchema, featureViewSchema } from "../../../shared/contracts/features.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { addModel, INSTRUMENTS } from "../../support/models/servingFixture.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const ports = await createTestPorts({ now: NOON, config: { instruments: INSTRUMENTS } });
await addModel(ports, { run_id: "a".repeat(32), strength: 1, promoted_at: NOON - 1, feature_names: ["ret_1", "vol_20"] });
const app = createTestApp(ports);
const answer = async (path: string): Promise<unknown> => (await app.call("GET", path)).body;

describe("fx features", () => {
  it("has a line a view and a line a service", async () => {
    const lines = renderCatalogue(catalogueSchema.parse(await answer("/api/features"))).split("\n");
    expect(lines.find((line) => line.startsWith("market_features "))).toMatch(/ 2 market hours +[0-9a-f]{16} +market_feature_pipeline$/);
    expect(lines.find((line) => line.startsWith("news_features "))).toMatch(/ 6 hours /);
    expect(lines.find((line) => line.startsWith("combined_features "))).toMatch(/ - +[0-9a-f]{16} /);
    expect(lines.find((line) => line.startsWith("fx-usdsgd-predictor"))).toMatch(/ 2 +[0-9a-f]{16} +version 1, in Production$/);
    expect(lines.find((line) => line.startsWith("fx-eurusd-market "))).toMatch(/the next training$/);
  });

  it("names the models whose lists cannot be told", () => {
    const unreadable_services = [{ name: "fx-usdsgd-predictor", reason: "it reads what is no longer built." }];
    expect(renderCatalogue({ entities: [], views: [], services: [], unreadable_services })).toMatch(/fx-usdsgd-predictor: it reads what/);
  });

  it("explains a feature with its formula", async () => {
    const text = renderShown({
      kind: "feature",
      answer: featureInUseSchema.parse(await answer("/api/features/views/market_features/vol_20")),
    });
    expect(text).toContain("market_features:vol_20\n");
    expect(text).toContain("looks back 21 bars; null with fewer than 21");
    expect(text).toContain("from 0 to 1, checked with every build");
    expect(text).toContain("sqrt(sum (r - mean(r))^2 / 19)");
    expect(text).toMatch(/read by .*fx-usdsgd-predictor/);
    const leg = featureInUseSchema.parse(await answer("/api/features/views/market_features/EUR_USD_ret_1"));
    expect(renderShown({ kind: "feature", answer: leg })).toContain("null in the rows of EUR_USD");
    const level = featureInUseSchema.parse(await answer("/api/features/views/market_features/mid"));
    expect(renderShown({ kind: "feature", answer: level })).toMatch(/no model is trained on it\n {2}read by no service$/);
  });

  it("says of what is computed on demand of what, and what each question brings", async () => {
    const view = featureViewSchema.parse(await answer("/api/features/views/quote_features"));
    expect(renderShown({ kind: "view", answer: view })).toMatch(/computed when it is asked for; each question brings bid, ask\n/);
    const feature = featureInUseSchema.parse(await answer("/api/features/views/market_lags/ret_1_lag_24"));
    const text = renderShown({ kind: "feature", answer: feature });
    expect(text).toContain("computed when it is asked for, of market_features:ret_1 of 24 rows earlier\n");
    expect(text).toMatch(/read by fx-usdsgd-market-on-demand, fx-eurusd-market-on-demand$/);
  });

  it("shows a view and a service as tables", async () => {
    const view = renderShown({ kind: "view", answer: featureViewSchema.parse(await answer("/api/features/views/news_features")) });
    expect(view).toMatch(/made of articles by news_feature_pipeline; served for 6 hours\n/);
    expect(view).toMatch(/\nconsensus +1 +fraction_0_1 +24 /);
    const articles = renderShown({ kind: "view", answer: featureViewSchema.parse(await answer("/api/features/views/news_sentiment")) });
    expect(articles).toMatch(/\nrelevance +1 +fraction_0_1 +- /);
    const service = featureServiceSchema.parse(await answer("/api/features/services/fx-usdsgd-predictor"));
    expect(renderShown({ kind: "service", answer: service })).toMatch(/\n0 +market_features:ret_1 .*\n1 +market_features:vol_20 /);
  });
});
