import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { accuracyDrop, relativeDrop } from "../../../shared/monitoring/accuracyDrop.ts";
import { type LabelledForecast, liveScores } from "../../../shared/monitoring/liveScores.ts";
import { judge } from "../../../shared/monitoring/metricRule.ts";
import { WINDOW_RULES } from "../../../shared/monitoring/rules/windowRules.ts";

/** 08:00 in New York: none of the hours behind it that are used here touches the rollover, as each is of a day of its own. */
const START = Date.UTC(2025, 5, 24, 12);
const DAY = 24 * HOUR;

const forecast = (row: number, probability: number, y: 0 | 1, ret_1 = Number.NaN): LabelledForecast => ({
  ...{ event_time: START + row * DAY, decided_at: START + row * DAY + HOUR, requested_at: START + row * DAY, y, probability, ret_1 },
  ...{ long: null, short: null, break_even: Number.NaN, moved_bp: Number.NaN, model_version: "1" },
});

/** The minimal standard generator (Park & Miller 1988), so that another language draws the same rows. */
function drawn(rows: number): LabelledForecast[] {
  let state = 12_345;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: rows }, (_, row) => {
    const q = 0.3 + 0.4 * next();
    return forecast(row, Math.round(q * 1_000) / 1_000, next() < q ? 1 : 0);
  });
}

describe("live scores", () => {
  it("are those of scikit-learn 1.7.2 on the same rows, and numpy's for the calibration error", () => {
    const scores = liveScores(drawn(200), 0);
    expect(scores.n).toBe(200);
    expect(scores.accuracy?.estimate).toBeCloseTo(0.64, 12);
    expect(scores.f1?.estimate).toBeCloseTo(0.595_505_617_977_528_1, 12);
    expect(scores.auc?.estimate).toBeCloseTo(0.665_940_450_254_175_7, 12);
    expect(scores.log_loss?.estimate).toBeCloseTo(0.653_743_789_614_541_3, 12);
    expect(scores.brier?.estimate).toBeCloseTo(0.230_487_375, 12);
    expect(scores.ece?.estimate).toBeCloseTo(0.090_375, 12);
    expect(scores.curve[0]).toEqual({ mean_forecast: expect.closeTo(0.330_85, 12), share_up: 0.3, n: 20 });
    for (const interval of [scores.accuracy, scores.f1, scores.auc, scores.log_loss, scores.brier, scores.ece]) {
      expect(interval!.low).toBeLessThanOrEqual(interval!.estimate);
      expect(interval!.high).toBeGreaterThan(interval!.low);
    }
  });

  it("are of what was decided after a moment, the baselines knowing what was before", () => {
    // Every row rises: from the second row on the majority says so, and is right in all of the last ten.
    const rows = Array.from({ length: 30 }, (_, row) => forecast(row, 0.4, 1));
    const scores = liveScores(rows, START + 19 * DAY + HOUR);
    expect([scores.n, scores.accuracy?.estimate, scores.baseline_accuracy?.estimate]).toEqual([10, 0, 1]);
    // (rises + 1) / (rows + 2) of 20 to 29 rows against 0.4.
    const expected = Array.from({ length: 10 }, (_, i) => -Math.log(0.4) + Math.log((21 + i) / (22 + i)));
    expect(scores.log_loss_minus_baseline?.estimate).toBeCloseTo(expected.reduce((sum, one) => sum + one, 0) / 10, 12);
    expect(scores.best).toEqual({ accuracy: "majority", log_loss: "majority" });
  });

  it("leave out the rollover's hours", () => {
    const [first] = drawn(1);
    const evening = { ...first!, event_time: Date.UTC(2025, 5, 24, 21), decided_at: Date.UTC(2025, 5, 24, 22) };
    expect(liveScores([first!, evening], 0).n).toBe(1);
  });

  it.each([
    ["no outcome yet", [], { accuracy: null, f1: null, auc: null, log_loss: null, brier: null, ece: null, baseline_accuracy: null }],
    ["one class only", Array.from({ length: 40 }, (_, row) => forecast(row, 0.45, 0)), { f1: null, auc: null, accuracy: { estimate: 1 } }],
    [
      "forecasts that never vary",
      Array.from({ length: 40 }, (_, row) => forecast(row, 0.5, row % 2 === 0 ? 1 : 0)),
      { auc: { estimate: 0.5 }, brier: { estimate: 0.25 }, ece: { estimate: 0 } },
    ],
  ])("of %s are what is defined of it, and null", (_name, rows, expected) => {
    expect(liveScores(rows, 0)).toMatchObject(expected);
  });
});

describe("a drop of accuracy", () => {
  const read = (estimate: number, half: number, claimed: number) => {
    const interval = relativeDrop({ estimate, low: estimate - half, high: estimate + half }, [claimed])!;
    const seen = { check: "performance", subject: "", metric: "accuracy_drop_30d", measured_at: 0, n: 400 } as const;
    return judge(WINDOW_RULES["accuracy_drop_30d"]!, { ...seen, value: interval.estimate, interval });
  };

  it("is relative to what was claimed", () => {
    expect(relativeDrop({ estimate: 0.45, low: 0.4, high: 0.5 }, [0.5, 0.5])).toEqual({
      ...{ estimate: expect.closeTo(0.1, 12), low: 0, high: expect.closeTo(0.2, 12) },
    });
    expect(relativeDrop(null, [0.5])).toBeNull();
    expect(relativeDrop({ estimate: 0.5, low: 0.4, high: 0.6 }, [])).toBeNull();
  });

  it("takes claims and directions of the same rows: outside the rollover, of versions that claim something", () => {
    const of = (row: number, model_version: string, y: 0 | 1) => ({ ...forecast(row, 0.6, y), model_version });
    const claims: Readonly<Record<string, number | null>> = { "1": 0.5, "2": null, "3": 0.9 };
    const evening = { ...of(0, "3", 0), event_time: Date.UTC(2025, 5, 24, 21), decided_at: Date.UTC(2025, 5, 24, 22) };
    const rows = [of(1, "1", 1), of(2, "1", 0), of(3, "1", 0), of(4, "1", 0), ...[5, 6, 7].map((row) => of(row, "2", 1))];
    const { n, drop } = accuracyDrop([evening, ...rows], 0, ({ model_version }) => claims[model_version]!);
    // A quarter of four directions, where half was claimed: the three of a version without a claim, and the rollover's, say nothing of it.
    expect([n, drop?.estimate]).toEqual([4, 0.5]);
    expect(accuracyDrop(rows.slice(4), 0, () => null)).toEqual({ n: 0, drop: null });
    expect(accuracyDrop(rows, START + 3 * DAY + HOUR, () => 0.5).n).toBe(4);
  });

  it.each([
    ["more than 5 %, and beyond chance", 0.5, 0.01, 0.54, "warning"],
    ["more than 5 %, within what chance does", 0.5, 0.05, 0.54, "ok"],
    ["beyond chance, and less than 5 %", 0.53, 0.005, 0.54, "ok"],
    ["none", 0.55, 0.01, 0.54, "ok"],
  ])("of %s", (_name, estimate, half, claimed, status) => {
    expect(read(estimate, half, claimed).status).toBe(status);
  });
});
