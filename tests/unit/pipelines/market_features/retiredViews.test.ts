import { beforeEach, describe, expect, it } from "vitest";
import { goldViewOf, retiredGoldViewsOf } from "../../../../functions/pipelines/common/goldViewOf.ts";
import { buildCursorSchema, buildReportSchema } from "../../../../functions/pipelines/market_features/buildCursor.ts";
import { buildMarketGold } from "../../../../functions/pipelines/market_features/buildMarketGold.ts";
import { buildViews } from "../../../../functions/pipelines/market_features/buildViews.ts";
import type { Ports } from "../../../../functions/pipelines/ports.ts";
import { createPredictor } from "../../../../functions/serving/predictor.ts";
import { defineStep } from "../../../../shared/dag/defineStep.ts";
import { DAY, HOUR, type Instant } from "../../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../../../shared/domain/instrument.ts";
import { toBarSeries } from "../../../../shared/features/barSeries.ts";
import { buildRows } from "../../../../shared/features/buildRows.ts";
import type { FeatureView } from "../../../../shared/features/featureView.ts";
import { featureSetHash, modelFeatureNames } from "../../../../shared/features/modelFeatures.ts";
import { marketFeatures } from "../../../../shared/features/registry.ts";
import { retiredMarketFeatures } from "../../../../shared/features/retiredViews.ts";
import { referenceOf } from "../../../../shared/features/viewSchema.ts";
import { runSlices } from "../../../support/engine/stepContext.ts";
import { walkUntil } from "../../../support/market/candleLines.ts";
import { addModel, predictorPorts } from "../../../support/models/servingFixture.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const hourly = (end: Instant) => ({ window: { start: end - HOUR, end } });
const rowsOf = (ports: TestPorts, view: FeatureView) => ports.features.read("USD_SGD", referenceOf(view), { start: 0, end: NOON }, NOON);

describe("the schema of before a formula changed", () => {
  it("is the one that stores of then hold", () => {
    expect(retiredMarketFeatures(DEFAULT_INSTRUMENTS).map(({ schema_hash }) => schema_hash)).toEqual(["5d574a9803bf6608"]);
  });

  it("has the formulas of then: a basket of all pairs or none, and one hour of the roll", () => {
    const legs = ["USD_SGD", "EUR_USD", "USD_JPY"];
    // Monday 2025-06-23: 17:00 and 18:00 in New York are 21:00 and 22:00 UTC.
    const end = Date.UTC(2025, 5, 23, 22);
    const bars = new Map(legs.map((leg, seed) => [leg, toBarSeries(walkUntil(leg, end, 900, seed))]));
    const gap = toBarSeries(walkUntil("USD_JPY", end, 900, 2).filter(({ start }) => start !== end - 2 * HOUR));
    const values = (view: FeatureView, leg: typeof gap, name: string) => {
      const rows = buildRows(view, "USD_SGD", bars.get("USD_SGD")!, new Map([...bars, ["USD_JPY", leg]]), { start: end - 2 * HOUR, end });
      return rows.map((row) => row.values[view.features.findIndex((feature) => feature.name === name)]!);
    };
    const [before] = retiredMarketFeatures(legs) as [FeatureView];
    const full = bars.get("USD_JPY")!;
    for (const name of ["usd_basket_ret_1", "relative_performance"]) {
      expect(values(before, full, name)).toEqual(values(marketFeatures(legs), full, name));
      expect(values(before, gap, name)).toEqual([Number.NaN, Number.NaN]);
    }
    expect(values(before, full, "rollover_hour")).toEqual([1, 0]);
  });
});

describe("a store that was upgraded", () => {
  let ports: TestPorts;
  const [old] = retiredGoldViewsOf({ instruments: ["USD_SGD", "EUR_USD"] }) as [FeatureView];
  const gold = goldViewOf({ instruments: ["USD_SGD", "EUR_USD"] });
  const names = modelFeatureNames(old, "USD_SGD");
  const card = { views: [referenceOf(old)], feature_names: [...names], feature_set_hash: featureSetHash([old], names) };

  /** Built until an hour before noon by the version of before. */
  beforeEach(async () => {
    ports = await createTestPorts({ now: NOON + 1 });
    for (const [instrument, seed] of [
      ["USD_SGD", 1],
      ["EUR_USD", 2],
    ] as const)
      await storeBars(ports, walkUntil(instrument, NOON, 300, seed));
    const before = { window: { start: NOON - 20 * DAY, end: NOON - HOUR } };
    const buildOld = defineStep({
      name: "build_old",
      report: buildReportSchema,
      cursor: buildCursorSchema,
      run: (given: Ports, context) => buildViews(given, context, [old], given.config.instruments),
    });
    await runSlices(buildOld, ports, before);
  });

  it("builds the present schema from the beginning, and the old one on while the model in Production reads it", async () => {
    await addModel(ports, { run_id: "old", strength: 1, promoted_at: NOON - DAY, card, feature_names: card.feature_names });
    const held = (await rowsOf(ports, old)).length;
    await runSlices(buildMarketGold, ports, hourly(NOON));
    expect(await rowsOf(ports, old)).toHaveLength(held + 1);
    expect(await rowsOf(ports, gold)).toHaveLength(held + 1);
  });

  it("goes on serving by the old model, now and as of the past, from rows of its schema", async () => {
    await addModel(ports, { run_id: "old", strength: 1, promoted_at: NOON - DAY, card, feature_names: card.feature_names });
    await runSlices(buildMarketGold, ports, hourly(NOON));
    const predict = createPredictor(predictorPorts(ports, { views: { present: [gold], retired: [old] } }));
    for (const [as_of, event_time] of [
      [null, NOON],
      [NOON - 3 * HOUR, NOON - 3 * HOUR],
    ] as const) {
      const { record } = await predict("USD_SGD", as_of);
      expect(record).toMatchObject({ model_version: "1", event_time });
      expect(record.features).toHaveLength(names.length);
      const row = (await rowsOf(ports, old)).find((one) => one.event_time === event_time)!;
      const ret_1 = row.values[old.features.findIndex(({ name }) => name === "ret_1")]!;
      expect(record.features[names.indexOf("ret_1")]).toBe(Math.fround(ret_1));
    }
  });

  it("leaves the old schema alone once a model of the present one is in Production", async () => {
    await addModel(ports, {
      run_id: "new",
      strength: 1,
      promoted_at: NOON - HOUR,
      card: { views: [referenceOf(gold)], feature_names: modelFeatureNames(gold, "USD_SGD") as string[] },
    });
    const held = (await rowsOf(ports, old)).length;
    await runSlices(buildMarketGold, ports, hourly(NOON));
    expect(await rowsOf(ports, old)).toHaveLength(held);
    expect(await rowsOf(ports, gold)).toHaveLength(held + 1);
  });
});
