import { describe, expect, it } from "vitest";
import { MINUTE } from "../../../shared/domain/instant.ts";
import type { Alert } from "../../../shared/monitoring/alert.ts";
import { decideAlert, withdrawAlert } from "../../../shared/monitoring/decideAlert.ts";
import { judge } from "../../../shared/monitoring/metricRule.ts";
import type { Check, Reading, ReadingStatus } from "../../../shared/monitoring/reading.ts";
import { ruleOf } from "../../../shared/monitoring/thresholds.ts";

const NOW = Date.UTC(2025, 5, 27, 12);
const VALUES = { ok: 1, warning: 2.1, breach: 3, unknown: null } as const;

function reading(status: ReadingStatus, check: Check = "freshness"): Reading {
  const age = judge(ruleOf("freshness", "bar_age_h"), {
    check: "freshness",
    subject: "USD_SGD",
    metric: "bar_age_h",
    measured_at: NOW,
    value: VALUES[status],
    reason: "why",
  });
  return { ...age, check, ...(check === "drift" ? { metric: "psi_median" } : {}) };
}

function firing(severity: Alert["severity"]): Alert {
  const { check, subject, metric, value, threshold } = reading("warning");
  const times = { starts_at: NOW - 60 * MINUTE, last_seen_at: NOW - 15 * MINUTE, ends_at: null };
  return {
    fingerprint: "freshness/USD_SGD/bar_age_h",
    check,
    subject,
    metric,
    severity,
    state: "firing",
    summary: "s",
    value,
    threshold,
    ...times,
  };
}

const decide = (
  status: ReadingStatus,
  previous: ReadingStatus | null,
  alert: Alert | null = null,
  { check = "freshness" as Check, unknown_for_long = false } = {},
) => {
  const change = decideAlert({ reading: reading(status, check), previous, unknown_for_long, firing: alert });
  return change && `${change.kind} ${change.alert.severity}`;
};

describe("an alert", () => {
  it.each([
    ["one bad run", "breach", null, null],
    ["a bad run after a good one", "breach", "ok", null],
    ["a bad run after an unknown one", "breach", "unknown", null],
    ["two warnings", "warning", "warning", "fire warning"],
    ["a warning, then a breach", "breach", "warning", "fire warning"],
    ["a breach, then a warning", "warning", "breach", "fire warning"],
    ["two breaches", "breach", "breach", "fire critical"],
    ["a good run", "ok", "breach", null],
    ["an unknown run", "unknown", "breach", null],
  ] as const)("that does not fire: %s", (_name, status, previous, change) => {
    expect(decide(status, previous)).toBe(change);
  });

  it.each([
    ["a good run", "ok", "breach", "warning", "resolve warning"],
    ["an unknown run", "unknown", "breach", "critical", null],
    ["another warning", "warning", "warning", "warning", "keep warning"],
    ["a first breach", "breach", "warning", "warning", "keep warning"],
    ["a second breach", "breach", "breach", "warning", "escalate critical"],
    ["a milder run", "warning", "warning", "critical", "keep critical"],
    ["a bad run after an unknown one", "breach", "unknown", "critical", "keep critical"],
  ] as const)("that fires: %s", (_name, status, previous, severity, change) => {
    expect(decide(status, previous, firing(severity))).toBe(change);
  });

  it.each([
    ["freshness", true, "fire warning"],
    ["freshness", false, null],
    ["drift", true, null],
  ] as const)("of %s unknown for a day (%s)", (check, unknown_for_long, change) => {
    expect(decide("unknown", "unknown", null, { check, unknown_for_long })).toBe(change);
  });

  it("unknown for longer changes nothing of what fires", () => {
    expect(decide("unknown", "unknown", firing("warning"), { unknown_for_long: true })).toBeNull();
  });

  it("carries what was found, from when to when", () => {
    const fired = decideAlert({ reading: reading("breach"), previous: "breach", unknown_for_long: false, firing: null });
    expect(fired?.alert).toEqual({
      fingerprint: "freshness/USD_SGD/bar_age_h",
      check: "freshness",
      subject: "USD_SGD",
      metric: "bar_age_h",
      severity: "critical",
      state: "firing",
      summary: "bar_age_h of USD_SGD is 3 market hours (at most 2.167 is well): why.",
      value: 3,
      threshold: 130 / 60,
      starts_at: NOW,
      last_seen_at: NOW,
      ends_at: null,
    });
    const ended = decideAlert({ reading: reading("ok"), previous: "breach", unknown_for_long: false, firing: firing("critical") });
    expect(ended?.alert).toMatchObject({ state: "resolved", starts_at: NOW - 60 * MINUTE, ends_at: NOW });
    expect(withdrawAlert(firing("warning"), NOW)).toMatchObject({
      kind: "resolve",
      alert: { summary: "It is no longer measured.", ends_at: NOW },
    });
  });
});
