import { describe, expect, it } from "vitest";
import { renderMonitoring, silenceOf, toldOr } from "../../../functions/local/commands/status.ts";
import { hasColours, paintStatuses } from "../../../functions/local/text/paint.ts";
import type { AlertView, MonitoringSummary } from "../../../shared/contracts/monitoring.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";

const check = (over: Partial<MonitoringSummary["checks"][number]>): MonitoringSummary["checks"][number] => ({
  ...{ check: "freshness", status: "ok", measured_at: "2025-06-24T12:15:00Z", counts: { ok: 9, unknown: 0, warning: 0, breach: 0 } },
  ...{ problems: [], unknown_because: [] },
  ...over,
});

describe("fx status", () => {
  it("shows each check with how many readings are how, and what is wrong", () => {
    const problems = Array.from({ length: 6 }, (_, index) => `bar_age_h of PAIR_${index} is 3 market hours.`);
    const counts = { ok: 1, unknown: 0, warning: 6, breach: 0 };
    const text = renderMonitoring({ status: "warning", alerts_firing: 0, checks: [check({ status: "warning", counts, problems })] }, []);
    expect(text).toMatch(/^Monitoring: warning$/m);
    expect(text).toMatch(/^freshness +warning +1 +0 +6 +0 +2025-06-24T12:15:00Z$/m);
    expect(text.split("\n").filter((one) => one.includes("bar_age_h"))).toHaveLength(4);
    expect(text).toContain("and 2 more: GET /api/monitoring/summary");
    expect(text).toContain("No alert fires.");
  });

  it("names what fires, and says so where nothing was measured", () => {
    const alert = { severity: "critical", starts_at: "2025-06-24T12:15:00Z", summary: "It is old." } as AlertView;
    expect(renderMonitoring({ status: "breach", alerts_firing: 1, checks: [check({})] }, [alert])).toContain(
      "1 alert fires:\n  critical since 2025-06-24T12:15:00Z: It is old.",
    );
    const never = check({ measured_at: null, status: "unknown" });
    expect(renderMonitoring({ status: "unknown", alerts_firing: 0, checks: [never] }, [])).toContain("Nothing has been measured yet");
  });

  it.each([
    ["measured lately", ["2025-06-24T12:15:00Z", null], 60, null],
    ["measured by one check lately", ["2025-06-24T09:00:00Z", "2025-06-24T12:15:00Z"], 60, null],
    ["not measured for long", ["2025-06-24T12:00:00Z"], 60, "since 2025-06-24T12:00:00Z"],
    ["not measured for long, of a stack that has just been started", ["2025-06-24T12:00:00Z"], 44, null],
    ["never measured", [null], 60, "Nothing has ever been measured"],
    ["never measured, of a stack that has just been started", [null], 44, null],
  ] as const)("knows a monitoring that has %s", (_words, times, up_min, said) => {
    const checks = times.map((measured_at) => check({ measured_at }));
    const silence = silenceOf({ checks }, Date.UTC(2025, 5, 24, 12, 46), up_min * MINUTE);
    if (said === null) expect(silence).toBeNull();
    else expect(silence).toContain(said);
  });

  it("says of a part that cannot be had why, and goes on with the others", async () => {
    const away = () => Promise.reject(new AppError("store_unavailable", "The database did not answer.", { status: 503 }));
    expect(await toldOr("Monitoring", away)).toEqual({ text: "Monitoring: not known\n\nThe database did not answer.", is_well: false });
    const cancelled = () => Promise.reject(new AppError("cancelled", "Cancelled."));
    await expect(toldOr("Monitoring", cancelled)).rejects.toMatchObject({ code: "cancelled" });
  });

  it.each([
    [true, {}, true],
    [true, { NO_COLOR: "" }, true],
    [true, { NO_COLOR: "1" }, false],
    [false, {}, false],
    [undefined, {}, false],
  ])("has colours on a terminal (%j) with %j: %j", (isTTY, env, expected) => {
    expect(hasColours(isTTY === undefined ? {} : { isTTY }, env)).toBe(expected);
  });

  it("colours a status that stands by itself, and no word of a sentence", () => {
    const [red, green, off] = ["\u001b[31m", "\u001b[32m", "\u001b[0m"];
    expect(paintStatuses("Health: ok\nfreshness  breach  1\n  it is ok where nothing is down.")).toBe(
      `Health: ${green}ok${off}\nfreshness  ${red}breach${off}  1\n  it is ok where nothing is down.`,
    );
  });
});
