import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type ModelSummary, modelCollectionSchema, modelHistorySchema } from "../../../shared/contracts/models.ts";
import { DAY, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { addModel, CLAIM } from "../../support/models/servingFixture.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW, trainer: createFakeTrainer(), sentiment: createFakeScorer("no model") });
  app = createTestApp(ports);
});

describe("models", () => {
  it("are listed with what is in Production, and by name with versions and moves", async () => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    const { body } = await app.call("GET", "/api/models");
    expect(body).toMatchObject({
      total_entries: 2,
      models: [
        { name: "fx-usdsgd-predictor", instrument: "USD_SGD", production: { version: "1", creation_timestamp: toIso(NOON - DAY) } },
        { name: "fx-eurusd-predictor", production: null },
      ],
    });
    expect(body.models[0].production).toMatchObject(CLAIM);
    expect(body.models[0].live_since).toBeNull();
    await ports.knowledge.noteFresh("USD_SGD", NOON + DAY);
    expect((await app.call("GET", "/api/models")).body.models[0].live_since).toBe(toIso(NOON + DAY));
    expect(modelCollectionSchema.safeParse(body).success).toBe(true);
    const one = await app.call("GET", "/api/models/fx-usdsgd-predictor");
    expect(one.body.versions).toMatchObject([{ version: "1", current_stage: "Production", metrics: {}, skill: "none" }]);
    expect(modelHistorySchema.safeParse(one.body).success).toBe(true);
    expect(one.body.transitions).toMatchObject([{ to_stage: "Production", effective_at: toIso(NOON - DAY) }]);
  });

  it("of longer horizons are listed behind those that serve, by themselves or by their instrument", async () => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    for (const [index, name] of [
      "fx-eurusd-predictor-h5",
      "fx-usdsgd-predictor-h24",
      "fx-usdsgd-predictor-h5",
      "fx-gbpusd-predictor-h5",
      "mine",
    ].entries())
      await ports.tracking.registerVersion(name, `r${index}`, `models/r${index}/artifacts/model`, NOON - DAY);
    const listed = async (query: string) =>
      (await app.call("GET", `/api/models${query}`)).body.models.map(({ instrument, horizon_bars }: ModelSummary) => [
        instrument,
        horizon_bars,
      ]);
    const [five, day, other] = [
      ["USD_SGD", 5],
      ["USD_SGD", 24],
      ["EUR_USD", 5],
    ];
    const served = [
      ["USD_SGD", 1],
      ["EUR_USD", 1],
    ];
    expect(await listed("")).toEqual([...served, five, day, other]);
    expect(await listed("?horizon_bars=5")).toEqual([five, other]);
    expect(await listed("?instrument=EUR_USD")).toEqual([["EUR_USD", 1], other]);
    expect(await listed("?instrument=USD_SGD&horizon_bars=24")).toEqual([day]);
    expect(await listed("?horizon_bars=12")).toEqual([]);
    for (const query of ["?horizon_bars=2", "?horizon=5"]) expect((await app.call("GET", `/api/models${query}`)).status).toBe(422);
  });

  it.each([
    [{ skill: "statistical", skill_reason: "Better." }, "statistical", /^Better\.$/],
    [{ skill_shown: "true" }, "none", /earlier rule/],
    [{}, "none", /not been validated/],
  ])("say the word of skill of every version: %o", async (tags, skill, reason) => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    await ports.tracking.setVersionTags("fx-usdsgd-predictor", "1", tags as Record<string, string>);
    const [version] = (await app.call("GET", "/api/models/fx-usdsgd-predictor")).body.versions;
    expect(version).toMatchObject({ skill, skill_reason: expect.stringMatching(reason) });
    expect(version.tags).not.toHaveProperty("skill_shown");
  });

  it("one whose card cannot be read claims nothing, and says why", async () => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    const app = createTestApp({ ...ports, lake: { ...ports.lake, get: async () => null } });
    const [model] = (await app.call("GET", "/api/models")).body.models;
    expect(model.production).toMatchObject({ skill: "none", accuracy: null, skill_reason: expect.stringMatching(/no model card/) });
  });

  it.each(["nothing", "%E0%A4%A", "%00", encodeURIComponent("'; DROP TABLE models")])("%s is 404", async (name) => {
    const { status, body } = await app.call("GET", `/api/models/${name}`);
    expect([status, body.field]).toEqual([404, "name"]);
  });
});
