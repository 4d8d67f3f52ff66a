import { beforeEach, describe, expect, it } from "vitest";
import { checkInfrastructure } from "../../../../functions/pipelines/monitoring/checkInfrastructure.ts";
import type { Ports } from "../../../../functions/pipelines/ports.ts";
import { SIDECAR_PROTOCOL, type SidecarHealth } from "../../../../shared/contracts/training.ts";
import { HOUR, MINUTE, toIso } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import { describeReading } from "../../../../shared/monitoring/describeReading.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { createFakeTrainer } from "../../../support/ports/fakeTrainer.ts";
import { oneSidecar } from "../../../support/ports/oneSidecar.ts";
import { createTestPorts, type TestPorts } from "../../../support/ports/testPorts.ts";
import { fakeFleet } from "../../../support/sidecar/fakeSidecars.ts";

const NOW = Date.UTC(2025, 5, 24, 12, 15);
const TRAINING = { available: true, reason: null, library_version: "3.4.1", library_path: "lib", cuda: false, queued: 0, running: 0 };
const READING = {
  engine: "lexicon",
  reason: null,
  model: null,
  base: null,
  adapter: null,
  device: null,
  lanes: 0,
  queued: 0,
  running: 0,
} as const;

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
});

function withSidecar(training: Partial<SidecarHealth["training"]>, reading: object = {}): Ports {
  const health = async () => ({ status: "ok" as const, protocol: SIDECAR_PROTOCOL, training: { ...TRAINING, ...training } });
  const sentiment = { ...ports.sentiment, health: async () => ({ ...READING, ...reading }) };
  return { ...ports, sidecars: oneSidecar({ ...createFakeTrainer(), health }, sentiment) };
}

async function measure(on: Ports = withSidecar({})) {
  const context = stepContext({ map_key: "", window: { start: NOW - 15 * MINUTE, end: NOW } });
  const outcome = await checkInfrastructure.run(on, context);
  await context.settle();
  const readings = await ports.monitor.latest({ check: "infrastructure" });
  const of = (subject: string, metric: string) => readings.find((one) => one.subject === subject && one.metric === metric)!;
  return { outcome, of };
}

const insert = (table: string, row: Record<string, string | number | null>) =>
  ports.database.$client.execute({
    sql: `INSERT INTO ${table} (${Object.keys(row).join(", ")}) VALUES (${Object.keys(row)
      .map((name) => `:${name}`)
      .join(", ")})`,
    args: row,
  });

let rows = 0;
const addRun = (over: object = {}) =>
  insert("dag_runs", {
    dag_id: "d",
    run_id: `r${++rows}`,
    run_type: "manual",
    state: "running",
    data_interval_start: 0,
    data_interval_end: 1,
    conf: "{}",
    triggered_by: "test",
    queued_at: 0,
    ...over,
  });
const addTask = (over: object = {}) =>
  insert("task_instances", {
    dag_id: "d",
    run_id: "r",
    task_id: "t",
    map_key: String(++rows),
    state: "queued",
    try_number: 1,
    max_tries: 0,
    not_before: NOW,
    ...over,
  });

describe("infrastructure", () => {
  it("is well when everything answers and nothing waits", async () => {
    const { outcome, of } = await measure();
    expect(outcome).toEqual({ kind: "success", report: { written: 17, complete: true, ok: 12, unknown: 5, warning: 0, breach: 0 } });
    expect(of("candles", "bronze_reject_share_24h").details["reason"]).toContain("no line of bronze was validated");
    expect(of("ledger", "ledger_lag_min")).toMatchObject({ value: 0, details: { waiting: 0 } });
  });

  it("says which component does not answer, and why", async () => {
    const away = async () => {
      throw new AppError("sidecar_unavailable", "connection refused", { retryable: true });
    };
    const sidecars = oneSidecar({ ...createFakeTrainer(), health: away }, ports.sentiment);
    const { of } = await measure({ ...ports, sidecars, online: { ...ports.online, read: away } });
    expect(of("database", "reachable")).toMatchObject({ value: 1, status: "ok" });
    expect(of("lake", "reachable")).toMatchObject({ value: 1, status: "ok" });
    for (const component of ["sidecar", "online_store"]) {
      const details = { code: "sidecar_unavailable", reason: "connection refused" };
      expect(of(component, "reachable")).toMatchObject({ value: 0, status: "warning", details });
    }
    expect(of("sidecar", "can_train")).toMatchObject({
      value: null,
      status: "unknown",
      details: { reason: "the sidecar does not answer" },
    });
    expect(of("sidecar", "reads_news_as_configured")).toMatchObject({ value: null, status: "unknown" });
  });

  it("of several sidecars says of each whether it answers, and of all of them together what the best does", async () => {
    const fleet = fakeFleet(["a:1", "b:2", "c:3"]);
    fleet.named("a:1").setDown(true);
    fleet.named("b:2").setTraining({ available: false, reason: "no libxgboost" });
    const on = { ...ports, sidecars: fleet.sidecars };
    const { of } = await measure(on);
    expect(of("sidecar", "reachable")).toMatchObject({ value: 1, status: "ok" });
    expect(of("sidecar", "can_train")).toMatchObject({
      value: 1,
      details: { "a:1": { value: null }, "b:2": { value: 0, reason: "no libxgboost" }, "c:3": { value: 1 } },
    });
    expect(of("sidecar a:1", "reachable")).toMatchObject({ value: 0, status: "warning", details: { code: "sidecar_unavailable" } });
    for (const name of ["b:2", "c:3"]) expect(of(`sidecar ${name}`, "reachable")).toMatchObject({ value: 1, status: "ok" });
    for (const one of fleet.fakes) one.setDown(true);
    expect((await measure(on)).of("sidecar", "reachable")).toMatchObject({ value: 0, status: "warning" });
  });

  it.each([
    ["can train", {}, {}, "can_train", 1],
    ["cannot train", { available: false, reason: "no libxgboost" }, {}, "can_train", 0],
    ["reads with the lexicon, having no model", {}, {}, "reads_news_as_configured", 1],
    ["reads with FinGPT", {}, { engine: "fingpt", base: "llama.gguf" }, "reads_news_as_configured", 1],
    ["reads with the lexicon although it has a model", {}, { base: "llama.gguf", reason: "out of memory" }, "reads_news_as_configured", 0],
  ])("a sidecar that %s", async (_name, training, reading, metric, value) => {
    const { of } = await measure(withSidecar(training, reading));
    expect(of("sidecar", metric)).toMatchObject({ value, status: value === 1 ? "ok" : "warning" });
  });

  it("counts what failed in the last day by DAG, and not what runs again", async () => {
    await addRun({ state: "failed", end_date: NOW - HOUR });
    await addRun({ state: "failed", end_date: NOW - 25 * HOUR });
    await addRun({ state: "failed", end_date: NOW + 1 });
    for (let i = 0; i < 11; i++) await addTask({ state: "failed", end_date: NOW - HOUR, dag_id: i === 0 ? "a" : "b" });
    await addTask({ state: "queued", end_date: NOW - HOUR });
    await addTask({ state: "failed", end_date: NOW - 1, dag_id: "b", run_id: "last", task_id: "train", map_key: "USD_SGD" });
    const { of } = await measure();
    const runs = of("ledger", "failed_runs_24h");
    expect(runs).toMatchObject({ value: 1, status: "warning", details: { by_dag: { d: 1 }, named: [expect.stringMatching(/^d /)] } });
    const tasks = of("ledger", "failed_tasks_24h");
    expect(tasks).toMatchObject({ value: 12, status: "breach", details: { by_dag: { a: 1, b: 11 } } });
    expect(describeReading(tasks)).toMatch(
      /^failed_tasks_24h of ledger is 12 tasks \(at most 10 is well\): train \(USD_SGD\) of b last; .* and 7 more\.$/,
    );
  });

  it("counts no task that may fail: a news site that is down fails no run, and is told by the age of its source", async () => {
    for (const state of ["success", "failed", "running"]) {
      await addRun({ run_id: state, state, dag_id: state });
      await addTask({ state: "failed", end_date: NOW - HOUR, dag_id: state, run_id: state });
    }
    const { of } = await measure();
    const { details } = of("ledger", "failed_tasks_24h");
    expect(details).toMatchObject({
      by_dag: { failed: 1, running: 1 },
      named: [expect.stringMatching(/of failed/), expect.stringMatching(/of running/)],
    });
    expect((details["named"] as string[]).length).toBe(2);
  });

  it("names the gaps of schedules that were found in the last day, and not those that a run made up for", async () => {
    const gap = { dag_id: "d", intervals: 2, reason: "not_running" };
    const [early, late] = [NOW - 9 * HOUR, NOW - 4 * HOUR];
    await insert("missed_runs", { ...gap, data_interval_start: early, data_interval_end: early + 2 * HOUR, found_at: NOW - HOUR });
    await insert("missed_runs", { ...gap, data_interval_start: late, data_interval_end: late + 2 * HOUR, found_at: NOW - HOUR });
    await insert("missed_runs", { ...gap, dag_id: "old", data_interval_start: 0, data_interval_end: HOUR, found_at: NOW - 25 * HOUR });
    await addRun({ state: "success", data_interval_start: late, data_interval_end: late + 2 * HOUR });
    const { of } = await measure();
    const named = [`d ${toIso(early)} to ${toIso(early + 2 * HOUR)}`];
    expect(of("ledger", "missed_runs_24h")).toMatchObject({ value: 1, details: { named } });
  });

  it("measures how long the oldest task that could run has waited", async () => {
    await addRun({ run_id: "r" });
    await addRun({ run_id: "ended", state: "success" });
    await addTask({ not_before: NOW - 7 * MINUTE });
    await addTask({ not_before: NOW - 3 * MINUTE, state: "up_for_retry" });
    await addTask({ not_before: NOW - 50 * MINUTE, pool: "sidecar_training" });
    await addTask({ not_before: NOW - 50 * MINUTE, state: "running" });
    await addTask({ not_before: NOW - 50 * MINUTE, run_id: "ended" });
    await addTask({ not_before: NOW + 1 });
    expect((await measure()).of("ledger", "ledger_lag_min")).toMatchObject({ value: 7, status: "warning", details: { waiting: 2 } });
    await insert("dag_flags", { dag_id: "d", is_paused: 1, changed_at: 0 });
    expect((await measure()).of("ledger", "ledger_lag_min")).toMatchObject({ value: 0, status: "ok" });
  });

  it("counts what waits for a receiver or for a person, as the window's end knew it", async () => {
    const callback = (over: object) =>
      insert("callbacks", {
        dedupe_key: `k${++rows}`,
        kind: "on_failure",
        dag_id: "d",
        run_id: "r",
        details: "{}",
        next_attempt_at: 0,
        ...over,
      } as Record<string, string | number>);
    await callback({ created_at: NOW - 2 * HOUR });
    await callback({ created_at: NOW - 3 * HOUR, delivered_at: NOW - HOUR });
    await callback({ created_at: NOW - MINUTE, delivered_at: NOW + 1 });
    await callback({ created_at: NOW + 1 });
    const letter = (over: object) =>
      insert("dead_letters", { id: `l${++rows}`, queue: "q", body: "{}", error: "e", received_at: NOW - HOUR, ...over });
    await letter({});
    await letter({ replayed_at: NOW });
    const { of } = await measure();
    expect(of("callbacks", "oldest_undelivered_callback_min")).toMatchObject({ value: 120, status: "breach", details: { waiting: 2 } });
    expect(of("reprocess_queue", "dead_letters")).toMatchObject({ value: 1, status: "warning" });
  });

  it("measures the share of bronze that was refused in the last day", async () => {
    const object = (key: string, validated_at: number | null) =>
      insert("bronze_objects", {
        key,
        origin: "sandbox",
        instrument: "USD_SGD",
        granularity: "H1",
        sha256: "s",
        bytes: 1,
        lines: 200,
        window_start: 0,
        window_end: 1,
        ingested_at: 0,
        validated_at,
      });
    await object("a", NOW - HOUR);
    await object("b", NOW - 30 * HOUR);
    await object("c", null);
    // All that were refused count, and not only those whose text is kept.
    const counts = { object_key: "a", reason: "off_grid", instrument: "USD_SGD", total: 4, kept: 1, ingested_at: NOW - HOUR };
    await insert("reject_counts", counts);
    expect((await measure()).of("candles", "bronze_reject_share_24h")).toMatchObject({
      value: 0.02,
      n: 200,
      status: "warning",
      details: { by_reason: { off_grid: 4 } },
    });
  });
});
