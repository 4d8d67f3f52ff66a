import { describe, expect, it } from "vitest";
import { renderAlerts } from "../../../functions/local/commands/alerts.ts";
import type { AlertView } from "../../../shared/contracts/monitoring.ts";

const SUMMARY =
  "market_features_age_h of USD_SGD is 3.25 market hours (at most 2 is well): the pipeline before it has not delivered a bar since the morning.";

function alertOf(over: Partial<AlertView> = {}): AlertView {
  const names = { fingerprint: "f", check: "freshness", subject: "USD_SGD", metric: "market_features_age_h" } as const;
  const times = { starts_at: "2025-06-24T12:30:00Z", last_seen_at: "2025-06-24T12:45:00Z", ends_at: null };
  return { id: 1, ...names, severity: "critical", state: "firing", summary: SUMMARY, value: 3.25, threshold: 2, ...times, ...over };
}

describe("fx alerts", () => {
  it("shows what fires since when, and what has ended from when to when, in 80 columns", () => {
    const ended = alertOf({ severity: "warning", state: "resolved", ends_at: "2025-06-24T13:00:00Z", summary: "Well again." });
    const text = renderAlerts([alertOf(), ended], 7);
    expect(text.split("\n")[0]).toBe("CRITICAL  freshness  since 2025-06-24T12:30:00Z");
    expect(text).toContain("resolved warning  freshness  2025-06-24T12:30:00Z to 2025-06-24T13:00:00Z\n  Well again.");
    expect(text).toMatch(/2 of 7 alerts$/);
    expect(text.split("\n").every((line) => line.length < 80)).toBe(true);
  });

  it("says so when there are none", () => {
    expect(renderAlerts([], 0)).toBe("No alerts.");
  });
});
