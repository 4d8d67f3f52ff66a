import { beforeEach, describe, expect, it, vi } from "vitest";
import { createPredictor } from "../../../functions/serving/predictor.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { DAY, HOUR, type Instant, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import type { MarketOrigin } from "../../../shared/ports/barStore.ts";
import { addModel, addRows, alternatingRows, down, GOLD, predictorPorts, quietly, ready } from "../../support/models/servingFixture.ts";
import { probabilityOf } from "../../support/models/tinyModel.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;
const UP = probabilityOf(0.4);

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
});

describe("what cannot be answered", () => {
  it("without a model in Production", async () => {
    await addModel(ports, { run_id: "a", strength: 0.4 });
    await addRows(ports, alternatingRows(NOON, 5));
    const predict = createPredictor(predictorPorts(ports));
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({
      code: "no_production_model",
      status: 503,
      details: { instrument: "USD_SGD" },
    });
  });

  it("without features", async () => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    const failure = createPredictor(predictorPorts(ports))("USD_SGD", null);
    await expect(failure).rejects.toMatchObject({
      code: "features_missing",
      status: 503,
      message: expect.stringContaining("market_feature_pipeline"),
    });
  });

  const stored = (last_bar_end: Instant) => ({ readLast: async () => [{ start: last_bar_end - HOUR } as Bar] });

  it.each([
    [
      "its bar is not there",
      "sandbox",
      null,
      NOON,
      "data_collection",
      /no later bar is stored.*fx -- trigger data_collection && npm run fx/,
    ],
    [
      "its bar is there",
      "oanda",
      null,
      NOON + HOUR,
      "market_feature_pipeline",
      /stored until 2025-06-25T13:00:00Z\)\. npm run fx -- trigger mark/,
    ],
    ["candles are imported", "import", null, NOON, "data_collection", /ask with "timestamp", or npm run fx -- import candles FILE/],
    ["imported bars lack features", "import", null, NOON + HOUR, "market_feature_pipeline", /backfill --from DATE --to DATE builds their/],
    [
      "it was so then",
      "oanda",
      NOON + 5 * HOUR,
      NOON,
      "data_collection",
      /Of that time, no later bar is stored: npm run fx -- backfill --from/,
    ],
  ] as const)(
    "with stale ones, %s: age, which pipeline is late, and what to do",
    async (_name, market_origin, as_of, last, pipeline, advice) => {
      await ready(ports, NOON);
      ports.clock.set(NOON + 5 * HOUR);
      const predict = createPredictor(predictorPorts(ports, { bars: stored(last), config: { ...ports.config, market_origin } }));
      await expect(predict("USD_SGD", as_of)).rejects.toMatchObject({
        code: "features_stale",
        status: 503,
        retryable: true,
        message: expect.stringMatching(advice),
        details: {
          event_time: toIso(NOON),
          target_end: toIso(NOON + HOUR),
          age_ms: 5 * HOUR,
          overdue_ms: 4 * HOUR,
          allowed_ms: 10 * MINUTE,
          pipeline,
        },
      });
    },
  );

  describe("in an hour without a trade", () => {
    const predictAt = async (
      at: Instant,
      { origin = "oanda", other_until = NOON + HOUR }: { origin?: MarketOrigin; other_until?: Instant },
    ) => {
      await ready(ports, NOON);
      ports.clock.set(at);
      const readLast = async (instrument: string) => [{ start: (instrument === "USD_SGD" ? NOON : other_until) - HOUR } as Bar];
      return createPredictor(predictorPorts(ports, { bars: { readLast }, config: { ...ports.config, market_origin: origin } }))(
        "USD_SGD",
        null,
      );
    };

    it("no pipeline is late, and the next bar is waited for", async () => {
      await expect(predictAt(NOON + HOUR + 30 * MINUTE, {})).rejects.toMatchObject({
        code: "features_stale",
        message: expect.stringMatching(
          /30 market minutes before.*EUR_USD has one of that hour\. USD_SGD seems not to have been traded.*brings an answer again/,
        ),
        details: { pipeline: null },
      });
    });

    it("the row before it answers until ten minutes after that hour, of which it is", async () => {
      expect(await predictAt(NOON + HOUR + 10 * MINUTE, {})).toMatchObject({ target_ended: true });
    });

    it.each([
      ["the others have no bar of it either", NOON + HOUR + 30 * MINUTE, { other_until: NOON }],
      ["two in a row have none", NOON + 2 * HOUR + 20 * MINUTE, { other_until: NOON + 2 * HOUR }],
      ["candles are only imported", NOON + HOUR + 30 * MINUTE, { origin: "import" as const }],
    ])("%s: data_collection is late", async (_name, at, market) => {
      await expect(predictAt(at, market)).rejects.toMatchObject({ code: "features_stale", details: { pipeline: "data_collection" } });
    });
  });

  it("with stale ones and a store that is away, it still says that they are stale", async () => {
    const restore = quietly();
    await ready(ports, NOON);
    ports.clock.set(NOON + 2 * HOUR);
    const predict = createPredictor(predictorPorts(ports, { bars: { readLast: down } }));
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({
      code: "features_stale",
      message: expect.stringContaining("60 market minutes"),
    });
    restore();
  });

  it.each([
    ["of another schema", { views: [{ view: GOLD.name, schema_hash: "other" }] }, "schema_mismatch"],
    ["that reads a feature that there is not", { feature_names: ["ret_1", "moon_phase"] }, "invalid_model"],
    ["whose card is garbage", { horizon_bars: "one" as never }, "invalid_model"],
  ])("a model %s is refused, not served wrongly", async (_name, card, code) => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY, card });
    await addRows(ports, alternatingRows(NOON, 5));
    await expect(createPredictor(predictorPorts(ports))("USD_SGD", null)).rejects.toMatchObject({ code });
  });

  it("a model that could not be read is read again by the next request", async () => {
    await ready(ports, NOON);
    const get = vi.spyOn(ports.lake, "get").mockRejectedValueOnce(new AppError("store_unavailable", "down", { status: 503 }));
    const predict = createPredictor(predictorPorts(ports));
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({ code: "store_unavailable" });
    expect((await predict("USD_SGD", null)).record.prediction).toBe(UP);
    await predict("USD_SGD", null);
    expect(get).toHaveBeenCalledTimes(4); // card and trees, twice, and then never again
  });
});
