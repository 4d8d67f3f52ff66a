import { beforeEach, describe, expect, it } from "vitest";
import { createCallbackOutbox } from "../../../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { deliverCallbacks } from "../../../../functions/engine/deliverCallbacks.ts";
import { raiseAlerts } from "../../../../functions/pipelines/monitoring/raiseAlerts.ts";
import { DAY, HOUR, MINUTE } from "../../../../shared/domain/instant.ts";
import { judge } from "../../../../shared/monitoring/metricRule.ts";
import type { Reading, ReadingStatus } from "../../../../shared/monitoring/reading.ts";
import { ruleOf } from "../../../../shared/monitoring/thresholds.ts";
import type { Notification } from "../../../../shared/ports/notifier.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { createTestPorts, type TestPorts } from "../../../support/ports/testPorts.ts";

const START = Date.UTC(2025, 5, 24, 12);
const at = (run: number) => START + run * 15 * MINUTE;
const VALUES = { ok: 1, warning: 2.1, breach: 3, unknown: null } as const;
const COMPLETE = { written: 1, complete: true, ok: 1, unknown: 0, warning: 0, breach: 0 };

let ports: TestPorts;
let told: Notification[];
beforeEach(async () => {
  ports = await createTestPorts({ now: at(999) });
  told = [];
});

function reading(status: ReadingStatus, measured_at: number, subject = "USD_SGD"): Reading {
  const seen = { check: "freshness", subject, metric: "bar_age_h", measured_at, value: VALUES[status], reason: "why" } as const;
  return judge(ruleOf("freshness", "bar_age_h"), seen);
}

/** One run: the reading (none: the check failed), then the alerts; returns the report and what people were told. */
async function run(number: number, status: ReadingStatus | null, { upstream = {}, subject = "USD_SGD" } = {}) {
  const window = { start: at(number - 1), end: at(number) };
  if (status !== null) await ports.monitor.prepareReadings([reading(status, window.end, subject)]).commit();
  const context = stepContext({ run_id: `run-${number}`, map_key: "", window, upstream });
  const outcome = await raiseAlerts.run(ports, context);
  await context.settle();
  const before = told.length;
  const outbox = createCallbackOutbox(ports.database);
  await deliverCallbacks({ outbox, notifier: { notify: async (notification) => void told.push(notification) }, clock: ports.clock });
  return { outcome, told: told.slice(before), lines: context.lines };
}

const firing = async () => (await ports.monitor.firing()).map(({ fingerprint, severity }) => `${severity} ${fingerprint}`);
const all = () => ports.monitor.alerts({ limit: 10, offset: 0 });

describe("alerts", () => {
  it("fire in the second bad run, stay, and end in the first good one; people are told of the start and the end", async () => {
    expect((await run(1, "warning")).told).toEqual([]);
    const second = await run(2, "breach");
    expect(second.outcome).toEqual({ kind: "success", report: { written: 1, fired: 1, escalated: 0, resolved: 0, kept: 0 } });
    expect(second.lines).toHaveLength(1);
    expect(second.told).toEqual([
      {
        id: `alert:freshness/USD_SGD/bar_age_h:${at(2)}:fire`,
        kind: "alert",
        severity: "warning",
        title: "Alert: bar_age_h of USD_SGD (freshness)",
        text: "bar_age_h of USD_SGD is 3 market hours (at most 2.167 is well): why.\nSince 2025-06-24T12:30:00Z. Found by test_dag run-2.",
        labels: { check: "freshness", subject: "USD_SGD", metric: "bar_age_h" },
        starts_at: at(2),
      },
    ]);
    expect((await run(3, "warning")).outcome).toMatchObject({ report: { fired: 0, kept: 1 } });
    expect((await run(4, "unknown")).told).toEqual([]);
    expect(await firing()).toEqual(["warning freshness/USD_SGD/bar_age_h"]);
    const ended = await run(5, "ok");
    expect(ended.told).toMatchObject([{ title: "Resolved: bar_age_h of USD_SGD (freshness)", starts_at: at(2), ends_at: at(5) }]);
    expect((await all()).alerts).toMatchObject([{ state: "resolved", starts_at: at(2), last_seen_at: at(5), ends_at: at(5), value: 2.1 }]);
    expect((await run(6, "ok")).told).toEqual([]);
  });

  it("become critical in the second breach in a row, and people are told again", async () => {
    await run(1, "warning");
    await run(2, "warning");
    await run(3, "breach");
    const { told: worse } = await run(4, "breach");
    expect(worse).toMatchObject([{ severity: "error", title: "Alert, now critical: bar_age_h of USD_SGD (freshness)", starts_at: at(2) }]);
    expect(await firing()).toEqual(["critical freshness/USD_SGD/bar_age_h"]);
    expect((await run(5, "breach")).told).toEqual([]);
  });

  it("change nothing when a run is repeated", async () => {
    await run(1, "breach");
    await run(2, "breach");
    const once = await all();
    expect((await run(2, "breach")).told).toEqual([]);
    expect(await all()).toEqual(once);
    await run(3, "ok");
    const ended = await all();
    expect((await run(3, "ok")).told).toEqual([]);
    expect(await all()).toEqual(ended);
    expect(told).toHaveLength(2);
  });

  it("fire anew when the trouble comes back", async () => {
    for (const [index, status] of (["breach", "breach", "ok", "breach", "breach"] as const).entries()) await run(index, status);
    expect((await all()).alerts.map(({ state, starts_at }) => [state, starts_at])).toEqual([
      ["firing", at(4)],
      ["resolved", at(1)],
    ]);
    expect(told).toHaveLength(3);
  });

  it("do not take two runs that lie far apart for a row", async () => {
    await run(1, "breach");
    expect((await run(6, "breach")).told).toEqual([]);
    expect((await run(7, "breach")).told).toHaveLength(1);
  });

  it("of freshness fire after a day of unknown readings, and not before", async () => {
    await run(0, "ok");
    for (let number = 1; number <= 96; number++) {
      await ports.monitor.prepareReadings([reading("unknown", at(number))]).commit();
    }
    expect((await run(96, "unknown")).told).toEqual([]);
    expect((await run(97, "unknown")).told).toMatchObject([{ severity: "warning", text: expect.stringContaining("is not known: why.") }]);
    expect((await run(98, "unknown")).told).toEqual([]);
    expect((await run(99, "ok")).told).toMatchObject([{ title: expect.stringContaining("Resolved") }]);
  });

  it("stay while their check fails, and end when what it measures is gone", async () => {
    await run(1, "breach");
    await run(2, "breach");
    expect((await run(3, "ok", { subject: "EUR_USD" })).told).toEqual([]);
    expect((await run(4, null)).told).toEqual([]);
    expect((await run(5, "ok", { subject: "EUR_USD", upstream: { freshness: { ...COMPLETE, complete: false } } })).told).toEqual([]);
    expect((await run(6, "ok", { subject: "EUR_USD", upstream: { drift: COMPLETE } })).told).toEqual([]);
    const { told: gone } = await run(7, "ok", { subject: "EUR_USD", upstream: { freshness: COMPLETE } });
    expect(gone).toMatchObject([{ text: expect.stringContaining("no longer measured") }]);
  });

  it("are not raised by the past: a replayed run alarms nobody", async () => {
    await run(10, "ok");
    await run(1, "breach");
    expect((await run(2, "breach")).outcome).toMatchObject({ kind: "skipped", reason: expect.stringContaining("later run") });
    expect(await firing()).toEqual([]);
  });

  it("have nothing to judge before anything is measured", async () => {
    expect((await run(1, null)).outcome).toMatchObject({ kind: "skipped" });
  });

  it("are written with the settlement or not at all", async () => {
    await run(1, "breach");
    await ports.monitor.prepareReadings([reading("breach", at(2))]).commit();
    await raiseAlerts.run(ports, stepContext({ map_key: "", window: { start: at(1), end: at(2) } }));
    expect(await firing()).toEqual([]);
  });

  it("are forgotten a quarter after their end", async () => {
    for (const [index, status] of (["breach", "breach", "ok"] as const).entries()) await run(index, status);
    const quarter = 90 * 24 * 4;
    await run(2 + quarter, "ok");
    expect((await all()).alerts).toHaveLength(1);
    await run(3 + quarter, "ok");
    expect((await all()).alerts).toEqual([]);
  });

  it("forget readings after a quarter", async () => {
    await ports.monitor.prepareReadings([reading("ok", START - 91 * DAY), reading("ok", START - 89 * DAY)]).commit();
    await run(1, "ok");
    expect((await ports.monitor.history({ since: 0, limit: 10 })).map(({ measured_at }) => (START - measured_at) / HOUR)).toEqual([
      -0.25,
      89 * 24,
    ]);
  });
});
