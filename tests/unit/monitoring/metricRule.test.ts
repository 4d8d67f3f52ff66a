import { describe, expect, it } from "vitest";
import { describeReading } from "../../../shared/monitoring/describeReading.ts";
import { judge, type MetricRule, type Observation } from "../../../shared/monitoring/metricRule.ts";
import { CHECKS, fingerprintOf, worstStatus } from "../../../shared/monitoring/reading.ts";
import { METRIC_RULES, ruleOf } from "../../../shared/monitoring/thresholds.ts";

const RULE: MetricRule = { unit: "u", bad: "above", warning: 1, breach: 2, min_n: 10, reason: "test" };
const SEEN: Observation = { check: "drift", subject: "USD_SGD", metric: "psi_median", measured_at: 1, value: 0 };
const around = (estimate: number, half: number) => ({ estimate, low: estimate - half, high: estimate + half });
const statusOf = (rule: Partial<MetricRule>, seen: Partial<Observation>) => judge({ ...RULE, ...rule }, { ...SEEN, ...seen }).status;

describe("judge", () => {
  it.each([
    ["below both limits", {}, { value: 1 }, "ok"],
    ["above the warning", {}, { value: 1.01 }, "warning"],
    ["at the breach", {}, { value: 2 }, "warning"],
    ["above the breach", {}, { value: 2.01 }, "breach"],
    ["no warning level", { warning: null }, { value: 1.5 }, "ok"],
    ["no breach level", { breach: null }, { value: 99 }, "warning"],
    ["low is bad, above", { bad: "below", breach: 0.5 }, { value: 1 }, "ok"],
    ["low is bad, below", { bad: "below", breach: 0.5 }, { value: 0.9 }, "warning"],
    ["low is bad, far below", { bad: "below", breach: 0.5 }, { value: 0.4 }, "breach"],
    ["either side", { bad: "away_from_zero" }, { value: -1.5 }, "warning"],
    ["either side, far", { bad: "away_from_zero" }, { value: -2.5 }, "breach"],
    ["either side, near", { bad: "away_from_zero" }, { value: -0.5 }, "ok"],
    ["either side, at the warning", { bad: "away_from_zero" }, { value: 1 }, "ok"],
    ["either side, at the warning below", { bad: "away_from_zero" }, { value: -1 }, "ok"],
    ["only shown", { bad: "none" }, { value: 99 }, "ok"],
    ["an interval that reaches back", {}, { value: 2.5, interval: around(2.5, 1.2) }, "ok"],
    ["an interval beyond the warning at three errors", {}, { value: 2.5, interval: around(2.5, 0.9) }, "warning"],
    ["a 95 % interval beyond, at three errors not", {}, { value: 2, interval: around(2, 0.9) }, "ok"],
    ["an interval beyond the breach", {}, { value: 3, interval: around(3, 0.5) }, "breach"],
    ["an interval below a floor", { bad: "below", warning: 0, breach: -2 }, { value: -1, interval: around(-1, 0.5) }, "warning"],
    ["too few observations", {}, { value: 9, n: 9 }, "unknown"],
    ["just enough", {}, { value: 9, n: 10 }, "breach"],
    ["not measured", {}, { value: null }, "unknown"],
    ["not a number", {}, { value: Number.NaN }, "unknown"],
    ["an infinite value", {}, { value: Number.POSITIVE_INFINITY }, "unknown"],
  ] as const)("%s", (_name, rule, seen, status) => {
    expect(statusOf(rule, seen)).toBe(status);
  });

  it("says which limit decided, and why nothing is known", () => {
    expect(judge(RULE, { ...SEEN, value: 0.5 })).toMatchObject({ threshold: 1, low: null, high: null, n: null, details: {} });
    expect(judge(RULE, { ...SEEN, value: 5 })).toMatchObject({ threshold: 2 });
    expect(judge(RULE, { ...SEEN, value: null, reason: "no model" })).toMatchObject({ value: null, details: { reason: "no model" } });
    const few = judge(RULE, { ...SEEN, value: null, n: 0, reason: "nobody asked", details: { a: 1 } });
    expect(few.details).toEqual({ a: 1, reason: "0 observations, at least 10 needed: nobody asked" });
    expect(judge(RULE, { ...SEEN, value: 9, n: 1 }).details).toEqual({ reason: "1 observation, at least 10 needed" });
  });
});

describe("the table of rules", () => {
  const rules = CHECKS.flatMap((check) => Object.entries(METRIC_RULES[check]).map(([metric, rule]) => [check, metric, rule] as const));

  it.each(rules)("%s.%s has a reason and limits in order", (_check, _metric, rule) => {
    expect(rule.reason.length).toBeGreaterThan(20);
    const { warning, breach, bad } = rule;
    if (bad === "none") expect([warning, breach]).toEqual([null, null]);
    else expect(warning).not.toBeNull();
    if (warning !== null && breach !== null) expect(bad === "below" ? breach < warning : breach > warning).toBe(true);
  });

  it("refuses a metric that it lacks", () => {
    expect(() => ruleOf("drift", "vibes")).toThrow(/has no rule/);
  });
});

describe("readings", () => {
  it("are as bad as the worst of them, and unknown is worse than ok", () => {
    expect(worstStatus([])).toBeNull();
    expect(worstStatus(["ok", "unknown"])).toBe("unknown");
    expect(worstStatus(["warning", "ok", "unknown"])).toBe("warning");
    expect(worstStatus(["breach", "warning"])).toBe("breach");
    expect(fingerprintOf({ check: "drift", subject: "USD_SGD", metric: "psi_median" })).toBe("drift/USD_SGD/psi_median");
  });

  it.each([
    ["bar_age_h", 2.512_345, "bar_age_h of USD_SGD is 2.512 market hours (at most 2.167 is well)."],
    ["bar_age_h", null, "bar_age_h of USD_SGD is not known: no bar is stored."],
  ])("%s reads as a sentence", (metric, value, sentence) => {
    const seen = { check: "freshness", subject: "USD_SGD", metric, measured_at: 1, value } as const;
    const reading = judge(ruleOf("freshness", metric), value === null ? { ...seen, reason: "no bar is stored" } : seen);
    expect(describeReading(reading)).toBe(sentence);
  });

  it("names the feature that is worst, and says yes or no where that is all there is to it", () => {
    const excess = { check: "drift", subject: "EUR_USD", metric: "psi_excess", measured_at: 1, value: 3, n: 480 } as const;
    const worst = [{ feature: "vol_20", excess: 3 }, { feature: "rsi_14" }];
    const drift = describeReading(judge(ruleOf("drift", "psi_excess"), { ...excess, details: { worst } }));
    expect(drift).toBe("psi_excess of EUR_USD is 3 (at most 2 is well), most in vol_20.");
    const away = { check: "infrastructure", subject: "sidecar", metric: "reachable", measured_at: 1, value: 0, reason: "refused" } as const;
    expect(describeReading(judge(ruleOf("infrastructure", "reachable"), away))).toBe("reachable of sidecar is no: refused.");
  });

  it.each([
    ["accuracy", "below", 0.3, "at least"],
    ["calibration_in_the_large", "away_from_zero", 0.3, "within +-"],
    ["brier", "above", 0.3, "at most"],
  ])("%s names the side that is well", (metric, _side, value, words) => {
    const seen = { check: "performance", subject: "", metric, measured_at: 1, value, n: 1_000 } as const;
    expect(describeReading(judge(ruleOf("performance", metric), seen))).toContain(words);
  });
});
