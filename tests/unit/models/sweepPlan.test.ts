import { describe, expect, it } from "vitest";
import { trialsOf } from "../../../shared/backtest/trialsOf.ts";
import { bestTrial } from "../../../shared/models/bestTrial.ts";
import { requireSweepConf, selectionEnd, sweepConfOf, trialProfile } from "../../../shared/models/sweepConf.ts";
import { sweepOriginOf } from "../../../shared/models/sweepOrigin.ts";
import { planTrials, sweepOf } from "../../../shared/models/sweepPlan.ts";

const plan = (sweep: unknown) => planTrials(sweepOf(sweep));

describe("the trials of a sweep", () => {
  it("of a grid are all combinations, behind the profile itself", () => {
    expect(plan({ method: "grid", params: { max_depth: [2, 3], eta: [0.02, 0.05] } })).toEqual([
      {},
      { max_depth: 2, eta: 0.02 },
      { max_depth: 2, eta: 0.05 },
      { max_depth: 3, eta: 0.02 },
      { max_depth: 3, eta: 0.05 },
    ]);
  });

  const random = (seed: number) =>
    plan({
      method: "random",
      trials: 60,
      seed,
      params: { eta: { min: 0.001, max: 0.1, log: true }, max_depth: { min: 1, max: 6 }, subsample: [0.5, 0.8] },
    });

  it("at random lie within their ranges, whole where they must be, and are the same for one seed", () => {
    const [profile, ...trials] = random(1);
    expect(profile).toEqual({});
    expect(trials).toHaveLength(60);
    for (const { eta, max_depth, subsample } of trials) {
      expect(eta! >= 0.001 && eta! <= 0.1 && Number.isInteger(max_depth) && [0.5, 0.8].includes(subsample!)).toBe(true);
    }
    // Of a range in its logarithm half lies below the geometric mean.
    const small = trials.filter(({ eta }) => eta! < 0.01).length;
    expect(Math.abs(small - 30)).toBeLessThan(12);
    expect(random(1)).toEqual([profile, ...trials]);
    expect(random(2)).not.toEqual(random(1));
  });

  it("of a range without a logarithm lie evenly in it, from its least value on, which may be 0", () => {
    const [, ...trials] = plan({ method: "random", trials: 200, params: { gamma: { min: 0, max: 1 }, max_depth: { min: 4, max: 8 } } });
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // Four standard errors of a mean of 200.
    expect(Math.abs(mean(trials.map(({ gamma }) => gamma!)) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 200));
    expect(Math.abs(mean(trials.map(({ max_depth }) => max_depth!)) - 6)).toBeLessThan(4 * Math.sqrt(16 / 12 / 200));
    expect(new Set(trials.map(({ max_depth }) => max_depth))).toEqual(new Set([4, 5, 6, 7, 8]));
  });

  it("draw of a list each of its values", () => {
    const [, ...trials] = plan({ method: "random", trials: 100, params: { max_bin: [16, 32, 64] } });
    expect(new Set(trials.map(({ max_bin }) => max_bin))).toEqual(new Set([16, 32, 64]));
  });

  it("of a grid are two hundred at most", () => {
    const grid = (count: number) => ({
      method: "grid",
      params: { eta: Array.from({ length: count }, (_, i) => (i + 1) / 100), max_depth: [1, 2, 3, 4, 5, 6, 7, 8] },
    });
    expect(plan(grid(25))).toHaveLength(201);
    expect(() => plan(grid(26))).toThrow(/the grid has 208 combinations, at most 200 are tried/);
  });

  it.each<[string, unknown, string]>([
    ["a range of one value", { method: "random", trials: 2, params: { eta: { min: 0.1, max: 0.1 } } }, "conf.sweep.params.eta"],
    ["no object", 7, "conf.sweep"],
    ["no method", { params: { eta: [0.1] } }, "conf.sweep.method"],
    ["nothing to search", { method: "grid", params: {} }, "conf.sweep.params"],
    ["what models are judged by", { method: "grid", params: { seeds: [1] } }, "conf.sweep.params"],
    ["an unknown field", { method: "grid", params: { eta: [0.1] }, metric: "auc" }, "conf.sweep"],
    ["a range in a grid", { method: "grid", params: { eta: { min: 0.1, max: 0.2 } } }, "conf.sweep.params.eta"],
    ["a number of trials of a grid", { method: "grid", trials: 3, params: { eta: [0.1] } }, "conf.sweep.trials"],
    ["no number of trials", { method: "random", params: { eta: [0.1] } }, "conf.sweep.trials"],
    ["a range upside down", { method: "random", trials: 2, params: { eta: { min: 0.2, max: 0.1 } } }, "conf.sweep.params.eta"],
    ["a logarithm of 0", { method: "random", trials: 2, params: { gamma: { min: 0, max: 1, log: true } } }, "conf.sweep.params.gamma"],
    ["a value out of range", { method: "grid", params: { max_depth: [2, 99] } }, "conf.sweep.params.max_depth"],
    [
      "a grid that is too large",
      {
        method: "grid",
        params: { eta: Array.from({ length: 21 }, (_, i) => (i + 1) / 100), max_bin: [16, 32, 48, 64, 80, 96, 112, 128, 144, 160] },
      },
      "conf.sweep.params",
    ],
  ])("are refused with %s", (_name, sweep, field) => {
    expect(() => plan(sweep)).toThrow(expect.objectContaining({ status: 422, details: { field } }));
  });
});

describe("the conf of model_sweep", () => {
  const sweep = { method: "grid", params: { max_depth: [3] } };

  it("is that of a training, and the sweep", () => {
    const conf = { profile: "backfill", params: { eta: 0.05 }, sweep };
    expect(() => requireSweepConf(conf)).not.toThrow();
    expect(trialProfile(conf, { max_depth: 3 })).toMatchObject({ name: "backfill", sweep: null, params: { eta: 0.05, max_depth: 3 } });
  });

  it.each([
    [{}, "conf.sweep"],
    [{ sweep, horizon: 5 }, "conf.horizon"],
    [{ sweep, profile: "weekly" }, "conf.profile"],
  ])("may not be %o", (conf, field) => {
    expect(() => requireSweepConf(conf)).toThrow(expect.objectContaining({ details: { field } }));
  });

  it("keeps a quarter of the history from the trials, or as many days as it says", () => {
    const day = 86_400_000;
    expect(selectionEnd(sweepConfOf({ sweep }), 1_000 * day) / day).toBe(1_000 - 183);
    expect(selectionEnd(sweepConfOf({ sweep: { ...sweep, holdout_days: 60 } }), 1_000 * day) / day).toBe(940);
  });
});

describe("sweepOriginOf", () => {
  const origin = { parent_run_id: "a".repeat(32), trials: 5, tested_from: "2025-01-01T00:00:00.000Z" };

  it("reads what model_sweep writes, and null where no sweep was", () => {
    expect(sweepOriginOf(origin)).toEqual({ ...origin, tested_from: Date.UTC(2025, 0, 1) });
    expect(sweepOriginOf(undefined)).toBeNull();
  });

  it.each([
    {},
    { ...origin, trials: 0 },
    { ...origin, parent_run_id: "x" },
    { ...origin, tested_from: "soon" },
    { ...origin, tested_from: "2025-01-01T00:00Z" },
  ])("refuses %o", (value) => {
    expect(() => sweepOriginOf(value)).toThrow(expect.objectContaining({ status: 422 }));
  });
});

describe("bestTrial", () => {
  it.each([
    [[0.69, 0.68, 0.7], 1],
    [[0.69, 0.69], 0],
    [[null, 0.7, null], 1],
    [[null, null], null],
  ])("of %o is %o", (losses, best) => {
    expect(bestTrial(losses)).toBe(best);
  });
});

describe("trialsOf", () => {
  it("counts every version until one, and every trial of those that a sweep chose", () => {
    const versions = [
      { version: "1", tags: {} },
      { version: "2", tags: { sweep_trials: "20" } },
      { version: "3", tags: { sweep_trials: "nonsense" } },
      { version: "10", tags: { sweep_trials: "5" } },
    ];
    expect(["1", "2", "3", "10"].map((version) => trialsOf(versions, version))).toEqual([1, 21, 22, 27]);
  });
});
