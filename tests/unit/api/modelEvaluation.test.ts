import { beforeAll, describe, expect, it } from "vitest";
import { modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { NAME, type Trained, trained } from "../../support/models/trainedModel.ts";

let done: Trained;
let app: TestApp;
beforeAll(async () => {
  done = await trained();
  app = createTestApp(done.ports);
});
const get = (path: string, of = app) => of.call("GET", `/api/models/${path}/evaluation`);

describe("GET /api/models/{name}/versions/{version}/evaluation", () => {
  it("says what was measured out of fold, beside baselines and by parts", async () => {
    const { status, body } = await get(`${NAME}/versions/1`);
    expect([status, body.name, body.version, body.instrument, body.horizon_bars]).toEqual([200, NAME, "1", "USD_SGD", 1]);
    const { compared, scores } = body.hours.outside_rollover;
    const { reliability, resolution, uncertainty, within_bins } = scores.model.brier_parts;
    expect(reliability - resolution + uncertainty + within_bins).toBeCloseTo(compared.model.brier.estimate, 12);
    expect(scores.intervals.mcc.low).toBeLessThan(scores.model.mcc);
    expect(Object.keys(scores)).toEqual(expect.arrayContaining(["majority", "momentum", "logistic"]));
    const of = (by: string) => body.breakdown.filter((part: { by: string }) => part.by === by);
    const rows = (by: string) => of(by).reduce((sum: number, part: { n: number }) => sum + part.n, 0);
    expect([rows("session"), rows("month")]).toEqual([compared.model.n, compared.model.n]);
    expect(of("hours").map((part: { key: string }) => part.key)).toEqual(["outside_rollover", "rollover"]);
    expect(body).not.toHaveProperty("out_of_fold");
  });

  it("of an evaluation from before there were scores and parts says that there are none", async () => {
    const { run_id } = (await done.ports.tracking.version(NAME, "1"))!;
    const key = modelArtifactKeys(run_id).evaluation;
    const { breakdown: _, hours, ...before } = JSON.parse(new TextDecoder().decode((await done.ports.lake.get(key))!));
    for (const one of Object.values<{ scores?: object }>(hours)) delete one.scores;
    const old = new TextEncoder().encode(JSON.stringify({ ...before, hours }));
    const lake = { ...done.ports.lake, get: async (asked: string) => (asked === key ? old : done.ports.lake.get(asked)) };
    const { status, body } = await get(`${NAME}/versions/1`, createTestApp({ ...done.ports, lake }));
    expect([status, body.breakdown, body.hours.all.scores]).toEqual([200, null, undefined]);
  });

  it.each([
    [`${NAME}/versions/9`, "not_found", "has no version"],
    [`${NAME}/versions/x`, "not_found", "has no version"],
    ["fx-eurusd-predictor/versions/1", "unknown_model", "no model is registered"],
  ])("%s is 404 %s", async (path, code, reason) => {
    const { status, body } = await get(path);
    expect([status, body.code, body.detail]).toEqual([404, code, expect.stringContaining(reason)]);
  });

  it("of a model that was not trained here is 404, too", async () => {
    const lake = { ...done.ports.lake, get: async () => null };
    expect(await get(`${NAME}/versions/1`, createTestApp({ ...done.ports, lake }))).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  });

  it("its figures are metrics of the run, those of the months one a step", async () => {
    const { run_id } = (await done.ports.tracking.version(NAME, "1"))!;
    const metrics = (await done.ports.tracking.run(run_id))!.metrics;
    const names = metrics.map(({ key }) => key);
    for (const key of [
      "mcc",
      "outside_rollover_f1_low",
      "rollover_ece",
      "brier_resolution",
      "momentum_f1",
      "session_asia_accuracy",
      "month_net_bp_low",
    ]) {
      expect(names).toContain(key);
    }
    const { body } = await app.call("GET", `/api/models/${NAME}`);
    expect(Object.keys(body.versions[0].metrics)).toEqual(expect.arrayContaining(["mcc", "rollover_ece"]));
    expect(Object.keys(body.versions[0].metrics).filter((key) => /^(?:session|month)_/.test(key))).toEqual([]);
    const months = metrics.filter(({ key }) => key === "month_rows").map(({ step }) => step);
    expect(months.length).toBeGreaterThan(1);
    expect(months).toEqual(months.toSorted((a, b) => a - b));
    expect(String(months[0])).toMatch(/^2025\d\d$/);
  });
});
