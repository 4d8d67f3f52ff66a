import { describe, expect, it } from "vitest";
import { firingSign, healthSign } from "../../../../dashboards/web/src/app/healthSigns.ts";
import { verdictOf } from "../../../../dashboards/web/src/pages/now/verdictOf.ts";
import { monitoringSilence } from "../../../../dashboards/web/src/ui/monitoringSilence.ts";
import type { Health } from "../../../../shared/contracts/health.ts";
import type { CheckSummary, MonitoringSummary } from "../../../../shared/contracts/monitoring.ts";
import { DAY, MINUTE, toIso } from "../../../../shared/domain/instant.ts";

const NOW = Date.UTC(2026, 10, 30, 12);

const health = (status: Health["status"], detail = "fine"): Health => ({
  status,
  time: toIso(NOW),
  components: { database: { status: "ok", detail: "fine" }, news: { status, detail } },
});
const check = (name: CheckSummary["check"], status: CheckSummary["status"], measured_at: number | null): CheckSummary => ({
  ...{ check: name, status, measured_at: measured_at === null ? null : toIso(measured_at) },
  ...{ counts: { ok: 1, unknown: 0, warning: 0, breach: 0 }, problems: [], unknown_because: [] },
});
const summary = (status: MonitoringSummary["status"], at: number | null = NOW - MINUTE, alerts_firing = 0): MonitoringSummary => ({
  status,
  alerts_firing,
  checks: [check("freshness", "ok", at), check("drift", status, at === null ? null : at - 60 * MINUTE)],
});
const came = <Data>(data: Data) => ({ data, error: null });
const NOTHING = { data: undefined, error: null };
const refused = <Data = undefined>(status: number | null, data?: Data) => ({ data, error: { status, message: "The token is not known." } });

describe("whether anything is wrong", () => {
  it.each([
    ["that it asks", NOTHING, came(summary("ok")), "wait", /^Asking the server/],
    ["that all is well", came(health("ok")), came(summary("ok")), "good", /^Everything works, and nothing fires\.$/],
    ["that no answer comes", refused(null, health("ok")), came(summary("ok")), "bad", /^The server does not answer/],
    ["that no answer comes any more to the summary", came(health("ok")), refused(null, summary("ok")), "bad", /does not answer/],
    ["that health is refused, after an answer", refused(500, health("ok")), came(summary("ok")), "bad", /not known: The token/],
    ["that the summary is refused, after an answer", came(health("ok")), refused(401, summary("ok")), "bad", /not known: The token/],
    ["that the summary is refused at once", came(health("ok")), refused<undefined>(503), "bad", /not known: The token/],
    ["what is down", came(health("down", "no row")), came(summary("ok")), "bad", /^It cannot predict: news is down \(no row\)\.$/],
    ["what is degraded", came(health("degraded", "old")), came(summary("ok")), "warn", /less well: news is degraded \(old\)\.$/],
    ["that one alert fires", came(health("ok")), came(summary("breach", NOW, 1)), "bad", /^It works, and 1 alert fires: see below\.$/],
    ["what is outside its limits", came(health("ok")), came(summary("warning")), "warn", /^It works, nothing fires, and drift has/],
    ["what cannot be judged yet", came(health("ok")), came(summary("unknown")), "wait", /some of drift cannot be judged yet/],
    [
      "that nothing was ever measured",
      came(health("ok")),
      came(summary("unknown", null)),
      "wait",
      /^It works\. .*not measured anything yet/,
    ],
    ["that the monitoring is silent", came(health("ok")), came(summary("ok", NOW - 3 * DAY)), "warn", /has not looked for 3\.0 d/],
    [
      "that it is silent, and an alert fires",
      came(health("ok")),
      came(summary("ok", NOW - DAY, 2)),
      "bad",
      /2 alerts fire.*not looked for 24\.0 h/,
    ],
  ] as const)("says %s", (_what, of_health, of_summary, tone, text) => {
    const said = verdictOf(of_health, of_summary, NOW);
    expect([said.tone, said.text]).toEqual([tone, expect.stringMatching(text)]);
  });
});

describe("what every page says of health and alerts", () => {
  const FAILED = new Error("refused");

  it.each([
    [NOTHING, "wait", "health …"],
    [came({ status: "ok" as const }), "good", "health ok"],
    [came({ status: "degraded" as const }), "warn", "health degraded"],
    [{ data: { status: "ok" as const }, error: FAILED }, "bad", "health not known"],
  ] as const)("is of health %j: %s, %s", (asked, tone, text) => {
    expect(healthSign(asked)).toEqual({ tone, text });
  });

  const alerts = (total_entries: number) => came({ total_entries });
  const looked = (...ages: readonly number[]) => came({ readings: ages.map((age) => ({ measured_at: toIso(NOW - age) })) });
  it.each([
    [NOTHING, looked(0), "wait", "alerts …"],
    [alerts(0), NOTHING, "wait", "alerts …"],
    [alerts(0), looked(MINUTE), "good", "nothing fires"],
    [alerts(2), looked(DAY), "bad", "2 firing"],
    [alerts(0), looked(DAY), "warn", "monitoring is silent"],
    [alerts(0), looked(), "wait", "not monitored yet"],
    [{ ...alerts(0), error: FAILED }, looked(0), "warn", "alerts not known"],
    [alerts(0), { ...looked(0), error: FAILED }, "warn", "alerts not known"],
  ] as const)("is of alerts %j, measured %j: %s, %s", (of_alerts, of_readings, tone, text) => {
    expect(firingSign(of_alerts, of_readings, NOW)).toEqual({ tone, text });
  });
});

describe("the monitoring's silence", () => {
  it.each([
    [[], "never"],
    [[null, null], "never"],
    [[null, 45 * MINUTE], null],
    [[46 * MINUTE, 90 * MINUTE], 46 * MINUTE],
    [[-MINUTE], null],
  ] as const)("of checks of %j ms ago is %s", (ages, silence) => {
    const checks = ages.map((age) => ({ measured_at: age === null ? null : toIso(NOW - age) }));
    expect(monitoringSilence(checks, NOW)).toBe(silence);
  });
});
