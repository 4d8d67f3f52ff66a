import { beforeAll, describe, expect, it } from "vitest";
import type { confusionCounts } from "../../../shared/metrics/confusionCounts.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { NAME, type Trained, trained } from "../../support/models/trainedModel.ts";

let done: Trained;
let app: TestApp;
beforeAll(async () => {
  done = await trained();
  app = createTestApp(done.ports);
});
const get = (path: string, of = app) => of.call("GET", `/api/models/${path}`);
type Counts = ReturnType<typeof confusionCounts>;
const sumOf = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

describe("GET /api/models/{name}/versions/{version}/outcomes", () => {
  it("counts what was said and came, of the same rows as the evaluation", async () => {
    const { status, body } = await get(`${NAME}/versions/1/outcomes`);
    const { body: evaluation } = await get(`${NAME}/versions/1/evaluation`);
    expect([status, body.name, body.version, body.dataset]).toEqual([200, NAME, "1", evaluation.dataset]);
    for (const hours of ["all", "outside_rollover", "rollover"] as const) {
      const counts: Counts = body.confusion[hours];
      const { n, accuracy } = evaluation.hours[hours].compared.model;
      expect(sumOf(counts)).toBe(n);
      expect((counts.said_rise_came_rise + counts.said_no_rise_came_no_rise) / n).toBeCloseTo(accuracy.estimate, 12);
    }
    expect(body.rows).toBe(sumOf(body.confusion.all));
  });

  it("ends where the evaluation's mean result times its trades is, in the order of time, thinned as asked", async () => {
    const { body } = await get(`${NAME}/versions/1/outcomes?max_points=50`);
    const { body: evaluation } = await get(`${NAME}/versions/1/evaluation`);
    const { net } = evaluation.hours.outside_rollover;
    expect(body.pnl.at(-1).net_bp).toBeCloseTo(net.net_bp.estimate * (net.trades - net.without_price), 6);
    const times = body.pnl.map(({ event_time }: { event_time: string }) => event_time);
    expect(times).toEqual(times.toSorted());
    expect(times.length).toBeLessThanOrEqual(51);
    expect(times.length).toBeGreaterThan(10);
  });

  it.each([
    [`${NAME}/versions/9/outcomes`, 404, "not_found", "has no version"],
    ["fx-eurusd-predictor/versions/1/outcomes", 404, "unknown_model", "no model is registered"],
    [`${NAME}/versions/1/outcomes?max_points=0`, 422, "invalid_request", "max_points"],
  ])("%s is %i %s", async (path, expected, code, reason) => {
    const { status, body } = await get(path);
    expect([status, body.code, body.detail]).toEqual([expected, code, expect.stringContaining(reason)]);
  });

  it("says that a training set is not kept any more", async () => {
    const tracking = { ...done.ports.tracking, dataset: async () => null };
    const { status, body } = await get(`${NAME}/versions/1/outcomes`, createTestApp({ ...done.ports, tracking }));
    expect([status, body.code, body.detail]).toEqual([404, "not_found", expect.stringContaining("not kept any more")]);
  });
});
