import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import { createMonitorStore } from "../../functions/adapters/libsql/monitoring/monitorStore.ts";
import { createCallbackOutbox } from "../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { createPredictionLog } from "../../functions/adapters/libsql/serving/predictionLog.ts";
import { DAY, HOUR, MINUTE } from "../../shared/domain/instant.ts";
import type { Alert, AlertChange } from "../../shared/monitoring/alert.ts";
import type { Reading } from "../../shared/monitoring/reading.ts";
import type { MonitorStore } from "../../shared/ports/monitorStore.ts";
import { openMemoryDatabase } from "../support/databases/memoryDatabase.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { servedAnswer } from "../support/models/monitorFixture.ts";

let sqld: SqldProcess;
beforeAll(async () => {
  sqld = await startSqld();
});
afterAll(() => sqld.stop());

const adapters: [string, () => Promise<Database>][] = [
  ["sqld", async () => sqld.database],
  ["SQLite in memory", openMemoryDatabase],
];

const NOW = Date.UTC(2025, 5, 24, 12);
const ORIGIN = { dag_id: "monitoring", run_id: "r", task_id: "alerts" };

function reading(over: Partial<Reading> = {}): Reading {
  return {
    check: "freshness",
    subject: "USD_SGD",
    metric: "bar_age_h",
    measured_at: NOW,
    value: 0.1,
    low: null,
    high: null,
    n: null,
    threshold: 1.5,
    status: "ok",
    details: { newest: "then", odd: ["ü", null, 1.5] },
    ...over,
  };
}

function alert(over: Partial<Alert> = {}): Alert {
  return {
    fingerprint: "freshness/USD_SGD/bar_age_h",
    check: "freshness",
    subject: "USD_SGD",
    metric: "bar_age_h",
    severity: "warning",
    state: "firing",
    summary: "old",
    value: 1.7,
    threshold: 1.5,
    starts_at: NOW,
    last_seen_at: NOW,
    ends_at: null,
    ...over,
  };
}

describe.each(adapters)("a monitor store on %s", (_name, open) => {
  let database: Database;
  let store: MonitorStore;
  beforeEach(async () => {
    database = await open();
    await database.$client.executeMultiple(
      "DELETE FROM monitor_readings; DELETE FROM alerts; DELETE FROM callbacks; DELETE FROM callback_deliveries; DELETE FROM predictions;",
    );
    store = createMonitorStore(database);
  });
  const put = (...readings: Reading[]) => store.prepareReadings(readings).commit();
  const change = (...changes: AlertChange[]) => store.prepareAlerts(changes, ORIGIN).commit();
  const callbacks = async () =>
    (await database.$client.execute("SELECT dedupe_key, kind, dag_id, run_id, task_id, details FROM callbacks ORDER BY id")).rows.map(
      (row) => ({
        ...row,
        details: JSON.parse(String(row["details"])),
      }),
    );

  it("keeps a reading as it was given, and one a run", async () => {
    const full = reading({ metric: "psi_median", check: "drift", value: -0.125, low: -1, high: 0.5, n: 12, status: "warning" });
    await put(full, reading({ value: null, status: "unknown", threshold: null }));
    await put(reading({ value: 3, status: "breach" }));
    expect(await store.latest()).toEqual([full, reading({ value: 3, status: "breach" })]);
    await put();
  });

  it("gives each check's newest run, and the past, filtered", async () => {
    await put(reading({ measured_at: NOW - HOUR }), reading({ measured_at: NOW - HOUR, subject: "gone" }), reading());
    await put(reading({ check: "drift", metric: "psi_median", measured_at: NOW - HOUR }));
    await put(reading({ check: "business", metric: "hit_rate", measured_at: NOW - 2 * DAY }));
    const keys = (list: readonly Reading[]) =>
      list.map(({ check, subject, measured_at }) => `${check}/${subject}@${(measured_at - NOW) / HOUR}`);
    expect(keys(await store.latest())).toEqual(["drift/USD_SGD@-1", "freshness/USD_SGD@0"]);
    expect(keys(await store.latest({ check: "drift" }))).toEqual(["drift/USD_SGD@-1"]);
    expect(await store.latest({ subject: "gone" })).toEqual([]);
    expect(keys(await store.history({ since: NOW - HOUR, limit: 3 }))).toEqual([
      "freshness/USD_SGD@0",
      "drift/USD_SGD@-1",
      "freshness/USD_SGD@-1",
    ]);
    expect(keys(await store.history({ since: 0, limit: 9, metric: "hit_rate" }))).toEqual(["business/USD_SGD@-48"]);
    expect(keys(await store.history({ since: 0, limit: 9, subject: "gone" }))).toEqual(["freshness/gone@-1"]);
    expect(await store.newestMeasuredAt()).toBe(NOW);
    expect([await store.newestMeasuredAt("drift"), await store.newestMeasuredAt("features")]).toEqual([NOW - HOUR, null]);
    await store.prepareForget({ before: NOW, hourly_before: 0, six_hourly_before: 0 }).commit();
    expect(keys(await store.history({ since: 0, limit: 9 }))).toEqual(["freshness/USD_SGD@0"]);
  });

  it("keeps every reading, then one an hour, then one of six hours", async () => {
    await put(...Array.from({ length: 13 * 4 }, (_, quarter) => reading({ measured_at: NOW - quarter * 15 * MINUTE })));
    await store.prepareForget({ before: NOW - 13 * HOUR, hourly_before: NOW - 2 * HOUR, six_hourly_before: NOW - 8 * HOUR }).commit();
    const kept = (await store.history({ since: 0, limit: 99 })).map(({ measured_at }) => (NOW - measured_at) / HOUR);
    expect(kept).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 3, 4, 5, 6, 7, 8, 12, 12.75]);
  });

  it("keeps the first of an hour and of six, at whatever minute a series is measured, and however often it is thinned", async () => {
    const late = Array.from({ length: 13 }, (_, hour) => NOW - hour * HOUR + 15 * MINUTE);
    await put(...late.map((measured_at) => reading({ check: "features", subject: "USD_SGD/ret_1", metric: "psi", measured_at })));
    await put(...late.flatMap((at) => [at, at + 15 * MINUTE].map((measured_at) => reading({ measured_at }))));
    const thin = { before: 0, hourly_before: NOW + HOUR, six_hourly_before: NOW - 6 * HOUR };
    for (const _run of [1, 2]) await store.prepareForget(thin).commit();
    for (const check of ["features", "freshness"] as const) {
      const kept = (await store.history({ since: 0, limit: 99, check })).map(({ measured_at }) => (measured_at - NOW) / HOUR);
      expect(kept).toEqual([0.25, -0.75, -1.75, -2.75, -3.75, -4.75, -5.75, -11.75]);
    }
  });

  it("knows nothing of an empty table", async () => {
    expect([await store.latest(), await store.newestMeasuredAt(), await store.readingsInTime(NOW)]).toEqual([[], null, []]);
  });

  it("puts a reading beside the one of the run before", async () => {
    await put(reading(), reading({ measured_at: NOW - 15 * MINUTE, status: "breach" }), reading({ measured_at: NOW - 30 * MINUTE }));
    await put(reading({ subject: "late" }), reading({ subject: "late", measured_at: NOW - 61 * MINUTE, status: "breach" }));
    await put(reading({ subject: "edge" }), reading({ subject: "edge", measured_at: NOW - HOUR, status: "warning" }));
    const found = (await store.readingsInTime(NOW)).map(({ reading: one, previous }) => [one.subject, previous]);
    expect(found).toEqual([
      ["USD_SGD", "breach"],
      ["edge", "warning"],
      ["late", null],
    ]);
  });

  it.each([
    ["a day", [24, 12, 0], true],
    ["longer", [25, 12, 0], true],
    ["less than a day", [23.9, 12, 0], false],
    ["no time at all", [0], false],
  ])("finds what is unknown for %s", async (_words, hours, expected) => {
    await put(...hours.map((ago) => reading({ status: "unknown", value: null, measured_at: NOW - ago * HOUR })));
    expect(await store.readingsInTime(NOW)).toMatchObject([{ unknown_for_long: expected }]);
  });

  it.each([
    ["known within the day", 5, "ok", false],
    ["known when the day began", 24, "breach", false],
    ["known before it", 30, "ok", true],
  ] as const)("unknown, but %s", async (_words, ago, status, expected) => {
    await put(
      ...[26, 12, 0]
        .filter((hour) => hour !== ago)
        .map((hour) => reading({ status: "unknown", value: null, measured_at: NOW - hour * HOUR })),
    );
    await put(reading({ status, measured_at: NOW - ago * HOUR }));
    expect(await store.readingsInTime(NOW)).toMatchObject([{ unknown_for_long: expected }]);
  });

  it("fires an alert once, and tells once", async () => {
    await change({ kind: "fire", alert: alert() });
    await change({ kind: "fire", alert: alert() });
    await change({ kind: "fire", alert: alert({ starts_at: NOW + HOUR, last_seen_at: NOW + HOUR }) });
    expect(await store.firing()).toEqual([{ id: expect.any(Number), ...alert() }]);
    expect(await callbacks()).toMatchObject([
      {
        dedupe_key: `alert:freshness/USD_SGD/bar_age_h:${NOW}:fire`,
        kind: "alert",
        ...ORIGIN,
        details: { change: "fire", check: "freshness", severity: "warning", summary: "old", value: 1.7, starts_at: NOW, ends_at: null },
      },
    ]);
  });

  it("keeps it up to date silently, raises and ends it aloud", async () => {
    await change({ kind: "fire", alert: alert() });
    const kept = alert({ value: 1.9, summary: "older", last_seen_at: NOW + 1 });
    await change({ kind: "keep", alert: kept });
    expect(await store.firing()).toMatchObject([kept]);
    const worse = { ...kept, severity: "critical", last_seen_at: NOW + 2 } as const;
    await change(
      { kind: "escalate", alert: worse },
      { kind: "fire", alert: alert({ fingerprint: "drift//x", check: "drift", subject: "", metric: "x" }) },
    );
    const ended = { ...worse, state: "resolved", summary: "well", last_seen_at: NOW + 3, ends_at: NOW + 3 } as const;
    await change({ kind: "resolve", alert: ended });
    await change({ kind: "resolve", alert: { ...ended, ends_at: NOW + 9, last_seen_at: NOW + 9 } });
    expect((await callbacks()).map(({ details }) => details.change)).toEqual(["fire", "escalate", "fire", "resolve"]);
    const { alerts, total_entries } = await store.alerts({ limit: 10, offset: 0 });
    expect([total_entries, alerts.map(({ state, ends_at }) => [state, ends_at])]).toEqual([
      2,
      [
        ["firing", null],
        ["resolved", NOW + 3],
      ],
    ]);
    expect((await store.alerts({ limit: 10, offset: 0, state: "resolved" })).alerts).toMatchObject([ended]);
    const order = { field: "severity", is_descending: true } as const;
    expect((await store.alerts({ limit: 1, offset: 0, order })).alerts).toMatchObject([{ severity: "critical" }]);
    expect((await store.alerts({ limit: 1, offset: 2 })).alerts).toEqual([]);
  });

  const fire = (subject: string, starts_at: number, ends_at: number | null) => {
    const fired = alert({ fingerprint: `freshness/${subject}/bar_age_h`, subject, starts_at, last_seen_at: starts_at });
    const changes: AlertChange[] = [{ kind: "fire", alert: fired }];
    if (ends_at !== null) changes.push({ kind: "resolve", alert: { ...fired, state: "resolved", last_seen_at: ends_at, ends_at } });
    return change(...changes);
  };
  const subjects = (alerts: readonly Alert[]) => alerts.map(({ subject }) => subject);

  it("forgets alerts by their end, and none that fires", async () => {
    await fire("old", NOW - 99 * DAY, NOW - 91 * DAY);
    await fire("long", NOW - 99 * DAY, NOW - 90 * DAY);
    await fire("firing", NOW - 99 * DAY, null);
    await store.prepareForget({ before: NOW - 90 * DAY, hourly_before: 0, six_hourly_before: 0 }).commit();
    expect(subjects((await store.alerts({ limit: 10, offset: 0 })).alerts)).toEqual(["firing", "long"]);
    // What people were told stays in the event log.
    expect(await callbacks()).toHaveLength(5);
  });

  it("forgets which channels were told, but not of what is still told to others", async () => {
    const outbox = createCallbackOutbox(database);
    for (const subject of ["done", "stuck"]) await fire(subject, NOW - 99 * DAY, null);
    const [done, stuck] = (await callbacks()).map((row) => String((row as Record<string, unknown>)["dedupe_key"]));
    for (const key of [done!, stuck!, "of no callback"]) await outbox.markTold(key, "slack", NOW - 91 * DAY);
    await outbox.markTold("lately", "slack", NOW - 90 * DAY);
    const [first] = await outbox.take(NOW, NOW + 1, 1);
    await outbox.markDelivered(first!.id, NOW - 91 * DAY);
    await store.prepareForget({ before: NOW - 90 * DAY, hourly_before: 0, six_hourly_before: 0 }).commit();
    const told = await Promise.all([done!, stuck!, "of no callback", "lately"].map((key) => outbox.toldChannels(key)));
    expect(told).toEqual([[], ["slack"], [], ["slack"]]);
  });

  it("gives what has ended since, by its end, however long it fired", async () => {
    await fire("before", NOW - 3 * HOUR, NOW - 2 * HOUR - 1);
    await fire("late", NOW - 3 * HOUR, NOW - HOUR);
    await fire("long", NOW - 80 * DAY, NOW);
    await fire("then", NOW - 3 * HOUR, NOW - 2 * HOUR);
    await fire("firing", NOW - 3 * HOUR, null);
    expect(subjects(await store.endedSince(NOW - 2 * HOUR))).toEqual(["long", "late", "then"]);
  });

  it("gives the pipeline's own answer in time for each bar, whatever users asked", async () => {
    const log = createPredictionLog(database);
    const own = [
      servedAnswer(NOW, 0.5, { requested_at: NOW + 2, model_version: "2" }),
      servedAnswer(NOW, 0.25, { requested_at: NOW + 1 }),
      servedAnswer(NOW, 0.75, { requested_at: NOW, as_of: NOW }),
      servedAnswer(NOW + HOUR, 0.75, { requested_at: NOW + 2 * HOUR }),
      servedAnswer(NOW + 2 * HOUR, 0.125),
      servedAnswer(NOW + 3 * HOUR, 0.5, { instrument: "EUR_USD" }),
    ];
    for (const record of own) await log.prepareForecast(record).commit();
    await log.append([servedAnswer(NOW, 0.9, { requested_at: NOW }), servedAnswer(NOW + HOUR, 0.9)]);
    const bars = [0, 1, 2, 3].map((hour) => ({ event_time: NOW + hour * HOUR, decided_at: NOW + (hour + 1) * HOUR }));
    expect(await store.firstAnswers("USD_SGD", "fx-usdsgd-predictor", bars)).toEqual([
      { event_time: NOW, requested_at: NOW + 1, probability: 0.25, model_version: "1" },
      { event_time: NOW + 2 * HOUR, requested_at: NOW + 2 * HOUR + HOUR / 12, probability: 0.125, model_version: "1" },
    ]);
    expect(await store.firstAnswers("USD_SGD", "other", bars)).toEqual([]);
    expect(await store.firstAnswers("USD_SGD", "fx-usdsgd-predictor", [])).toEqual([]);
  });

  it("finds nothing wrong in a store where nothing has happened", async () => {
    const nothing = { count: 0, oldest_at: null };
    const backlogs = { callbacks: nothing, dead_letters: nothing, due_tasks: nothing };
    const facts = {
      failed_tasks: {},
      failed_runs: {},
      named_tasks: [],
      named_runs: [],
      missed_runs: [],
      ...backlogs,
      bronze_lines: 0,
      bronze_rejects: {},
    };
    expect(await store.operations({ start: NOW - DAY, end: NOW })).toEqual(facts);
    expect(await store.newsSources()).toEqual([]);
  });
});
