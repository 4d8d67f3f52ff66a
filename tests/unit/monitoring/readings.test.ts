import { describe, expect, it } from "vitest";
import { positionOf } from "../../../shared/monitoring/breakEven.ts";
import { describeReading } from "../../../shared/monitoring/describeReading.ts";
import { judge, type MetricRule } from "../../../shared/monitoring/metricRule.ts";

describe("a forecast is acted on", () => {
  it.each([
    [0.76, 0.75, 1],
    [0.75, 0.75, 0],
    [0.5, 0.75, 0],
    [0.25, 0.75, 0],
    [0.24, 0.75, -1],
    [0.9, 1.2, 0],
    [0.1, 1.2, 0],
    [0.5, Number.NaN, 0],
  ])("at %d beyond a break-even of %d: %i", (probability, break_even, position) => {
    expect(positionOf(probability, break_even)).toBe(position);
  });
});

describe("the limits of three standard errors", () => {
  // A 95 % interval of +- 0.02 reaches to +- 0.0306.
  it.each<[MetricRule["bad"], number, string]>([
    ["below", 0.53, "ok"],
    ["below", 0.5307, "breach"],
    ["above", 0.47, "ok"],
    ["above", 0.4693, "breach"],
  ])("of 0.5 +- 0.02, bad %s %d: %s", (bad, breach, status) => {
    const rule: MetricRule = { unit: "u", bad, warning: null, breach, min_n: 1, reason: "test" };
    const seen = {
      check: "drift",
      subject: "",
      metric: "m",
      measured_at: 0,
      value: 0.5,
      interval: { estimate: 0.5, low: 0.48, high: 0.52 },
    } as const;
    expect(judge(rule, seen).status).toBe(status);
  });
});

describe("a reading in a sentence", () => {
  const reading = {
    check: "drift",
    subject: "USD_SGD",
    metric: "psi_median",
    measured_at: 0,
    value: 0.3,
    low: null,
    high: null,
    n: null,
    threshold: null,
    status: "ok",
    details: {},
  } as const;

  it.each<[string, object, string]>([
    ["without a value", { value: null, status: "ok", details: { reason: "no model" } }, "psi_median of USD_SGD is not known: no model."],
    ["that is not known although it has a value", { status: "unknown" }, "psi_median of USD_SGD is not known: no reason given."],
    ["of three names", { details: { named: ["a", "b", "c"] } }, ": a; b; c."],
    ["of five names", { details: { named: ["a", "b", "c", "d", "e"] } }, ": a; b; c and 2 more."],
    ["that is worst in one feature", { details: { worst: [{ feature: "ret_1" }] } }, ", most in ret_1."],
  ])("%s", (_what, fields, end) => {
    const text = describeReading({ ...reading, ...fields });
    expect(text.endsWith(end), text).toBe(true);
  });
});
