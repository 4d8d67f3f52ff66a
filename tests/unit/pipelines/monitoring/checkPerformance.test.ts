import { beforeEach, describe, expect, it } from "vitest";
import { checkBusiness } from "../../../../functions/pipelines/monitoring/checkBusiness.ts";
import { checkPerformance } from "../../../../functions/pipelines/monitoring/checkPerformance.ts";
import { settleOutcomes } from "../../../../functions/pipelines/monitoring/settleOutcomes.ts";
import type { Ports } from "../../../../functions/pipelines/ports.ts";
import type { Step } from "../../../../shared/dag/step.ts";
import { DAY, HOUR, MINUTE } from "../../../../shared/domain/instant.ts";
import { createRandom } from "../../../../shared/domain/random.ts";
import type { Check } from "../../../../shared/monitoring/reading.ts";
import { runSlices } from "../../../support/engine/stepContext.ts";
import { addTrainingSet, barsWithMoves, logAnswers, openHourEnds, servedAnswer } from "../../../support/models/monitorFixture.ts";
import { addModel } from "../../../support/models/servingFixture.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 24, 12, 15);
const HOURS = 400;
const MOVE = 0.001;

/** Ends of the bars that are stored, and whether the bar that begins there rises. */
const ends = openHourEnds(NOW, HOURS);
const random = createRandom(3);
const rises = ends.map(() => random() < 0.5);

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  // The bar that ends at ends[i] moves as rises[i - 1] says: that is what a forecast made at ends[i - 1] is about.
  await storeBars(
    ports,
    barsWithMoves(
      "USD_SGD",
      NOW,
      ends.map((_end, i) => (rises[i - 1] === false ? -MOVE : MOVE)),
    ),
  );
  const dataset = await addTrainingSet(ports, NOW - 40 * DAY, 500, 0.5);
  await addModel(ports, { run_id: "r1", strength: 1, promoted_at: NOW - 40 * DAY, card: { dataset } });
});

async function measure(step: Step<Ports>, check: Check, at = NOW) {
  const { outcome } = await runSlices(step, ports, { map_key: "", window: { start: at - 15 * MINUTE, end: at } });
  const readings = await ports.monitor.latest({ check, subject: "USD_SGD" });
  const of = (metric: string) => readings.find((one) => one.metric === metric)!;
  return { outcome, of, readings };
}
const performance = (at?: number) => measure(checkPerformance, "performance", at);
const business = (at?: number) => measure(checkBusiness, "business", at);

/** Answers on the last `count` bar ends that are decided, `hit` of them right. */
function answers(count: number, hit: (index: number) => boolean, confidence = 0.6) {
  return ends.slice(-1 - count, -1).map((end, index) => {
    const is_rise = rises[ends.indexOf(end)]!;
    return servedAnswer(end, hit(index) === is_rise ? confidence : 1 - confidence);
  });
}

describe("performance", () => {
  it("is unknown while nothing that was served is decided, and below a hundred", async () => {
    const { outcome, of } = await performance();
    expect(outcome).toEqual({ kind: "success", report: { written: 52, complete: true, ok: 0, unknown: 52, warning: 0, breach: 0 } });
    expect(of("accuracy").details["reason"]).toBe(
      "0 observations, at least 100 needed: nothing that was predicted in that time is decided",
    );
    await logAnswers(
      ports,
      answers(99, () => true),
    );
    expect((await performance()).of("accuracy")).toMatchObject({ value: 1, n: 99, status: "unknown" });
  });

  it("of a model that knows something is well, with intervals", async () => {
    await logAnswers(
      ports,
      answers(300, (index) => index % 10 < 6),
    );
    const { of } = await performance();
    expect(of("accuracy")).toMatchObject({ value: 0.6, n: 300, status: "ok" });
    expect(of("accuracy").low).toBeCloseTo(0.544, 2);
    expect(of("log_loss").value).toBeCloseTo(-(0.6 * Math.log(0.6) + 0.4 * Math.log(0.4)), 6);
    expect(of("log_loss_minus_base").value).toBeLessThan(0);
    expect(of("log_loss_minus_base").details).toEqual({ ties: 0, base_rates: { 1: 0.5 }, versions: ["1"] });
    expect(of("brier").value).toBeCloseTo(0.24, 6);
    expect(Math.abs(of("calibration_in_the_large").value!)).toBeLessThan(0.1);
  });

  it("of a model that is wrong is a breach", async () => {
    await logAnswers(
      ports,
      answers(300, (index) => index % 10 < 3, 0.8),
    );
    const { of } = await performance();
    expect(of("accuracy").status).toBe("breach");
    expect(of("log_loss_minus_base").status).toBe("breach");
    expect(of("log_loss").status).toBe("warning");
    expect(of("brier").status).toBe("warning");
  });

  it("of a model that always says up is not calibrated", async () => {
    await logAnswers(
      ports,
      ends.slice(-301, -1).map((end) => servedAnswer(end, 0.8)),
    );
    expect((await performance()).of("calibration_in_the_large")).toMatchObject({ status: "breach", threshold: 0.05 });
  });

  it("counts one forecast a bar: the first that was asked for in time and about the present", async () => {
    const right = answers(150, () => true);
    const noise = right.flatMap(({ event_time, prediction }) => [
      servedAnswer(event_time, 1 - prediction, { requested_at: event_time + 30 * MINUTE }),
      servedAnswer(event_time, 1 - prediction, { requested_at: event_time + MINUTE, as_of: event_time }),
      servedAnswer(event_time, 1 - prediction, { requested_at: event_time + MINUTE, model_name: "another" }),
    ]);
    const others = ends.slice(-300, -200);
    const late = others.map((end) => servedAnswer(end, 0.9, { requested_at: end + 100 * HOUR }));
    const undecided = [servedAnswer(ends.at(-1)!, 0.9)];
    await logAnswers(ports, [...noise, ...late, ...right, ...undecided]);
    expect((await performance()).of("accuracy")).toMatchObject({ value: 1, n: 150 });
  });

  it("is of what the pipeline predicted, and not of what users asked, who ask when they like", async () => {
    await logAnswers(
      ports,
      answers(150, () => true),
      "user",
    );
    expect((await performance()).of("accuracy")).toMatchObject({ value: null, n: 0, status: "unknown" });
  });

  it("is of a week and of thirty days, beside what needs no training and what was claimed", async () => {
    await logAnswers(
      ports,
      answers(390, (index) => index % 10 < 6),
    );
    const { of } = await performance();
    expect(of("accuracy_30d")).toMatchObject({ status: "ok", details: { days: 30 } });
    expect(of("accuracy_30d").value).toBeCloseTo(0.6, 1);
    expect(of("accuracy_30d").n).toBeGreaterThan(300);
    expect(of("accuracy_7d").n).toBeLessThan(110);
    expect(of("baseline_accuracy_30d").details["baseline"]).toMatch(/majority|momentum/);
    expect(of("log_loss_minus_baseline_30d").value).toBeLessThan(0);
    expect((of("ece_30d").details["curve"] as unknown[]).length).toBeGreaterThan(0);
    // The fixture's card claims 0.54.
    expect(of("accuracy_drop_30d").value).toBeCloseTo((0.54 - of("accuracy_30d").value!) / 0.54, 9);
    expect(of("accuracy_drop_30d").status).toBe("ok");
    expect(of("forecast_share_7d")).toMatchObject({ value: 1, status: "ok" });
  });

  it("warns of an accuracy that lies below what was claimed by more than chance", async () => {
    await logAnswers(
      ports,
      answers(390, (index) => index % 10 < 4),
    );
    const { of } = await performance();
    expect(of("accuracy_drop_30d")).toMatchObject({ status: "warning", threshold: 0.05 });
  });

  it("warns of hours that the pipeline did not predict", async () => {
    await logAnswers(
      ports,
      answers(200, () => true).filter((_, index) => index % 5 > 0),
    );
    expect((await performance()).of("forecast_share_7d")).toMatchObject({ status: "warning", value: expect.closeTo(0.8, 1) });
  });

  it("goes by what was settled, reports included", async () => {
    const made = answers(150, () => true);
    await logAnswers(ports, made);
    const instrument = "USD_SGD";
    for (const { event_time, prediction } of made.slice(0, 30)) {
      const realized_direction = prediction > 0.5 ? ("bearish" as const) : ("bullish" as const);
      const said = { instrument, event_time, horizon_bars: 1, realized_direction, realized_price: null, source: "desk", reported_at: NOW };
      await ports.feedback.report(said);
    }
    await runSlices(settleOutcomes, ports, { map_key: "", window: { start: NOW - 15 * MINUTE, end: NOW } });
    expect((await performance()).of("accuracy")).toMatchObject({ value: 0.8, n: 150 });
  });

  it("tells how often returns lay within their intervals", async () => {
    const rule = { level: 0.9, volatility: "ret_1", by_hour: Array(24).fill(1), low: -1, high: 1, rows: 9, realised_rows: 9 };
    const seen = { realised_coverage: { estimate: 0.9, low: 0.8, high: 1 }, missed_below: 0.05, missed_above: 0.05, mean_width_bp: 1 };
    const dataset = await addTrainingSet(ports, NOW - 40 * DAY, 500, 0.5);
    const card = { dataset, return_interval: { ...rule, ...seen }, feature_names: ["ret_1"] };
    await addModel(ports, { run_id: "r2", strength: 1, promoted_at: NOW - 39 * DAY, card });
    // A move of 10 bp, and intervals of 20 bp and of 2 bp about 2p - 1 times as much: every third return lies without.
    const records = answers(300, () => true, 0.5).map((one, index) => ({
      ...one,
      model_version: "2",
      features: [index % 3 === 0 ? 1e-4 : 2e-3],
    }));
    await logAnswers(ports, records);
    const { of } = await performance();
    expect(of("interval_coverage_30d")).toMatchObject({ n: 300, details: { level: expect.closeTo(0.9, 9) } });
    expect(of("interval_coverage_30d").value).toBeCloseTo(2 / 3, 9);
    expect(of("coverage_gap_30d")).toMatchObject({ value: expect.closeTo(2 / 3 - 0.9, 9), status: "warning" });
  });

  it("sees no outcome before it is decided", async () => {
    await logAnswers(
      ports,
      answers(150, () => true),
    );
    expect((await performance(ends.at(-1)! - 10 * HOUR + 1)).of("accuracy").n).toBe(140);
  });

  it("is unknown with the reason when a version that served is not in the registry", async () => {
    await logAnswers(
      ports,
      answers(150, () => true).map((answer) => ({ ...answer, model_version: "9" })),
    );
    const { outcome, of } = await performance();
    expect(outcome.kind).toBe("success");
    expect(of("accuracy").details["reason"]).toContain("the registry has no such version");
  });

  it("writes the same rows when it is repeated", async () => {
    await logAnswers(
      ports,
      answers(150, (index) => index % 2 === 0),
    );
    const first = await performance();
    expect((await performance()).readings).toEqual(first.readings);
  });
});

describe("business", () => {
  it("has nothing to say without forecasts, and names what was not worth its spread", async () => {
    expect((await business()).of("turnover_per_day")).toMatchObject({ value: null, status: "unknown", n: 0 });
    // Spread 1 bp, move 10 bp: break-even at 0.55.
    await logAnswers(
      ports,
      answers(150, () => true, 0.54),
    );
    const { of } = await business();
    expect(of("net_return_bp")).toMatchObject({ value: null, status: "unknown", n: 0 });
    expect(of("net_return_bp").details).toMatchObject({
      reason: "0 observations, at least 30 needed: 0 of 150 forecasts were worth their spread",
      break_even_median: expect.closeTo(0.55, 6),
    });
    expect(of("turnover_per_day")).toMatchObject({ value: 0, status: "ok", n: 150 });
  });

  it("earns the move less the spread when it is right", async () => {
    await logAnswers(
      ports,
      answers(150, () => true, 0.56),
    );
    const { outcome, of } = await business();
    expect(outcome).toMatchObject({ report: { ok: 8, unknown: 18 } });
    expect(of("net_return_bp").value).toBeCloseTo(9, 6);
    expect(of("hit_rate")).toMatchObject({ value: 1, status: "ok" });
    expect(of("turnover_per_day").value).toBe(24);
    expect(of("max_drawdown_bp")).toMatchObject({ value: 0, status: "ok" });
  });

  it("by the rule, trades beyond its limits, gross and net apart", async () => {
    await logAnswers(
      ports,
      answers(150, () => true, 0.65),
    );
    const { of } = await business();
    const { trades } = of("pnl_net_bp").details as { trades: number };
    expect(trades).toBeGreaterThan(100);
    expect(of("pnl_gross_bp").value).toBeCloseTo(trades * 10, 6);
    expect(of("pnl_net_bp").value).toBeCloseTo(trades * 9, 6);
    expect(of("signals_per_hour").value).toBe(1);
    expect(of("signal_quality")).toMatchObject({ value: 1, status: "ok" });
  });

  it("trades nothing that was said when its bar had long begun", async () => {
    await logAnswers(
      ports,
      answers(150, () => true, 0.65).map((one) => ({ ...one, requested_at: one.event_time + 20 * MINUTE })),
    );
    // All but the one that is about Sunday.
    expect((await business()).of("pnl_net_bp").details).toMatchObject({ late: 149, rows: 0 });
  });

  it("loses the move and the spread when it is wrong", async () => {
    await logAnswers(
      ports,
      answers(150, () => false, 0.56),
    );
    const { of } = await business();
    expect(of("net_return_bp").value).toBeCloseTo(-11, 6);
    expect(of("net_return_bp").status).toBe("breach");
    expect(of("hit_rate").status).toBe("warning");
    expect(of("max_drawdown_bp")).toMatchObject({ value: expect.closeTo(1_650, 6), status: "breach" });
  });
});
