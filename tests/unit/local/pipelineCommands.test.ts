import { describe, expect, it } from "vitest";
import { parseClear, renderCleared } from "../../../functions/local/commands/clear.ts";
import type { CommandArguments } from "../../../functions/local/commands/command.ts";
import { allCommands } from "../../../functions/local/commands/commandTable.ts";
import { renderDags } from "../../../functions/local/commands/dags.ts";
import { readLogs } from "../../../functions/local/commands/logs.ts";
import { parseCommandLine } from "../../../functions/local/commands/parseCommandLine.ts";
import { parseTrigger } from "../../../functions/local/commands/parseTrigger.ts";
import { renderMissed, renderRuns } from "../../../functions/local/commands/runs.ts";
import { exitCodeOf } from "../../../functions/local/text/localError.ts";
import { renderLogs } from "../../../functions/local/text/showLogs.ts";
import type { Dag, DagRun, TaskAttempt, TaskInstance } from "../../../shared/contracts/dags.ts";
import { latestWindow } from "../../../shared/dag/cronInterval.ts";
import { DAY, HOUR } from "../../../shared/domain/instant.ts";
import type { AppError } from "../../../shared/errors.ts";
import { ANY_DAG, ANY_RUN, ANY_TASK, ANY_TRY } from "../../support/api/anyRecords.ts";

const COMMANDS = await allCommands();

const JUNE_27 = Date.UTC(2025, 5, 27);
const RUN_ID = "backfill__2025-06-26T00:00:00Z__2025-06-27T00:00:00Z__12";

function argsOf(words: readonly string[]): CommandArguments {
  const parsed = parseCommandLine(words, COMMANDS);
  if (parsed.kind !== "run") throw new Error("expected a command to run");
  return parsed.args;
}

function runOf(over: Partial<DagRun> = {}): DagRun {
  const window = { data_interval_start: "2025-06-26T00:00:00Z", data_interval_end: "2025-06-27T00:00:00Z" };
  const times = { queued_at: "2025-06-27T00:00:00Z", start_date: null, end_date: null, duration: 7_384, deadline_at: null };
  const names = { dag_id: "sentiment_feature_pipeline", dag_run_id: RUN_ID, run_type: "backfill", triggered_by: "backfill" } as const;
  const tasks = { failed_tasks: 0, skipped_tasks: 0, skip_reason: null };
  return { ...ANY_RUN, ...names, state: "success", ...window, conf: {}, ...times, backfill_id: 12, is_late: false, ...tasks, ...over };
}

function taskOf(over: Partial<TaskInstance> = {}): TaskInstance {
  const names = { dag_id: "d", dag_run_id: "r", task_id: "build_market_silver", map_key: "USD_SGD" };
  const times = { not_before: null, start_date: null, end_date: null, duration: null };
  return { ...ANY_TASK, ...names, state: "failed", try_number: 2, max_tries: 3, ...times, report: null, note: null, ...over };
}

function tryOf(over: Partial<TaskAttempt> = {}): TaskAttempt {
  const names = { dag_id: "d", dag_run_id: "r", task_id: "build_market_silver", map_key: "USD_SGD" };
  const times = { start_date: "2025-06-27T00:01:00Z", end_date: "2025-06-27T00:01:02Z", duration: 2 };
  return { ...ANY_TRY, ...names, try_number: 1, state: "success", ...times, error: null, report: null, log: "", ...over };
}

const isNarrow = (text: string) => text.split("\n").every((line) => line.length < 80);

describe("fx trigger", () => {
  it.each([
    ["days, the last included", ["--from", "2025-06-26", "--to", "2025-06-27"], { start: JUNE_27 - DAY, end: JUNE_27 + DAY }],
    ["times", ["--from", "2025-06-27T00:00:00Z", "--to", "2025-06-27T03:00:00+02:00"], { start: JUNE_27, end: JUNE_27 + HOUR }],
    ["nothing", [], null],
  ])("reads %s", (_name, words, window) => {
    expect(parseTrigger(argsOf(["trigger", "d", ...words])).window).toEqual(window);
  });

  it("reads a conf and instruments", () => {
    expect(parseTrigger(argsOf(["trigger", "d", "--conf", '{"a":{"b":1}}', "--instruments", "USD_SGD, EUR_USD,USD_SGD"]))).toEqual({
      dag_id: "d",
      window: null,
      conf: { a: { b: 1 } },
      instruments: ["EUR_USD", "USD_SGD"],
    });
  });

  it.each([
    [["--from", "2025-06-27"], "needs --to as well"],
    [["--to", "2025-06-27"], "needs --from as well"],
    [["--from", "2025-06-27", "--to", "2025-06-26"], "does not lie after"],
    [["--from", "2025-02-30", "--to", "2025-06-26"], '--from: "2025-02-30" is not a time'],
    [["--conf", "{"], "--conf: is not JSON"],
    [["--conf", "[1]"], "--conf: is not a JSON object"],
    [["--instruments", "gold"], '"gold" is not a pair'],
  ])("refuses %j with exit code 2", (words, message) => {
    try {
      parseTrigger(argsOf(["trigger", "d", ...words]));
    } catch (error) {
      expect((error as AppError).message).toContain(message);
      expect(exitCodeOf(error as AppError)).toBe(2);
      return;
    }
    throw new Error("expected a refusal");
  });

  it("covers the latest interval of the schedule, or a day", () => {
    const schedule = { cron: "0 0 * * *", time_zone: "Asia/Singapore", trigger_cron: "0 16 * * *" } as const;
    const midnight = JUNE_27 - 8 * HOUR;
    expect(latestWindow({ schedule }, JUNE_27)).toEqual({ start: midnight - DAY, end: midnight });
    expect(latestWindow({ schedule: null }, JUNE_27)).toEqual({ start: JUNE_27 - DAY, end: JUNE_27 });
  });
});

describe("fx clear", () => {
  it("is a dry run of everything unless told otherwise", () => {
    expect(parseClear(argsOf(["clear", "d", "r"]))).toEqual({
      dag_run_id: "r",
      dry_run: true,
      only_failed: false,
      prevent_running_task: true,
      include_downstream: false,
    });
    expect(parseClear(argsOf(["clear", "d", "r", "--task", "t", "--map", "USD_SGD", "--downstream", "--only-failed", "--yes"]))).toEqual({
      dag_run_id: "r",
      dry_run: false,
      only_failed: true,
      prevent_running_task: true,
      include_downstream: true,
      task_ids: ["t"],
      map_keys: ["USD_SGD"],
    });
    // What comes behind what failed did without it, and goes along.
    expect(parseClear(argsOf(["clear", "d", "r", "--only-failed"]))).toMatchObject({ only_failed: true, include_downstream: true });
    expect(parseClear(argsOf(["clear", "d", "r", "--stop-running"]))).toMatchObject({ prevent_running_task: false, dry_run: true });
    expect(() => parseClear(argsOf(["clear", "d", "r", "--downstream"]))).toThrow(/give it with --task/);
  });

  it("shows which tasks, and what was or was not done", () => {
    const tasks = [taskOf(), taskOf({ task_id: "build_market_gold", state: null, try_number: 0 })];
    const dry = renderCleared(tasks, true);
    expect(dry).toMatch(/build_market_silver +USD_SGD +failed +2\n/);
    expect(dry).toMatch(/build_market_gold +USD_SGD +waiting +0\n/);
    expect(dry).toContain("2 tasks would run again. Nothing was changed: add --yes to do it.");
    expect(renderCleared([taskOf({ state: "running" })], true)).toContain("1 of them run now: it will be refused");
    expect(renderCleared([taskOf({ state: "running" })], true, true)).toContain("1 of them run now: they will be stopped.");
    expect(renderCleared(tasks, false)).toMatch(/2 tasks cleared\.$/);
    expect(renderCleared([], false)).toBe("No task matches: nothing to clear.");
    expect(isNarrow(dry)).toBe(true);
  });
});

describe("fx dags and fx runs", () => {
  const dag: Dag = {
    ...ANY_DAG,
    dag_id: "sentiment_feature_pipeline",
    description: "",
    schedule: { cron: "*/30 * * * *", time_zone: "Asia/Singapore", trigger_cron: "*/30 * * * *" },
    timetable_summary: "*/30 * * * * Asia/Singapore",
    max_active_runs: 1,
    is_paused: true,
  };

  it("show schedule, pause and last run in 80 columns", () => {
    const text = renderDags([
      { dag, last_run: runOf({ is_late: true }) },
      { dag: { ...dag, dag_id: "d", schedule: null, timetable_summary: null, is_paused: false }, last_run: null },
    ]);
    expect(text.split("\n")).toEqual([
      "sentiment_feature_pipeline  PAUSED",
      "  schedule  */30 * * * * Asia/Singapore",
      "  last run  success in 2 h 3 min 4 s, late, interval to 2025-06-27T00:00:00Z",
      "",
      "d",
      "  schedule  when triggered",
      "  last run  none yet",
    ]);
    expect(isNarrow(text)).toBe(true);
  });

  it("show an id that is too long for its line below it, and never more than 80 columns", () => {
    const long = `backfill__market_feature_pipeline__2025-06-01T00:00:00Z__2025-07-01T00:00:00Z__${"USD_SGD-".repeat(6)}x`;
    const text = renderRuns([runOf({ is_late: true, dag_run_id: long }), runOf({ dag_run_id: "b" })], 2);
    expect(text.split("\n").slice(1)).toEqual([
      "state               took  run",
      "-------------  ---------  ---",
      "success, late  2 h 3 min",
      `  ${long.slice(0, 77)}`,
      `  ${long.slice(77)}`,
      "success        2 h 3 min  b",
    ]);
    expect(isNarrow(text)).toBe(true);
  });

  it("say below a run how many of its tasks were skipped, and why; beside its state how many failed", () => {
    const reason = "EUR_USD has 526 labelled rows by then; the nightly profile needs 1300, and so it goes on and on.";
    const skipped = { dag_run_id: "a", skipped_tasks: 5, skip_reason: reason };
    const text = renderRuns([runOf(skipped), runOf({ dag_run_id: "b", failed_tasks: 1 })], 2);
    expect(text.split("\n").slice(1)).toEqual([
      "state                   took  run",
      "-----------------  ---------  ---",
      "success            2 h 3 min  a",
      "  5 skipped: EUR_USD has 526 labelled rows by then; the nightly profile needs",
      "    1300, and so it goes on and on.",
      "success, 1 failed  2 h 3 min  b",
    ]);
    expect(isNarrow(text)).toBe(true);
  });

  it("say what the schedule never ran, and the command that makes it, on a line of its own", () => {
    const span = { data_interval_start: "2025-06-26T00:00:00Z", data_interval_end: "2025-06-26T20:00:00Z" };
    const command = `fx trigger d --from ${span.data_interval_start} --to ${span.data_interval_end}`;
    const gap = { dag_id: "d", ...span, found_at: "2025-06-26T21:00:00Z", is_made_up: false, command };
    expect(renderMissed({ ...gap, intervals: 20, reason: "not_running" }).split("\n")).toEqual([
      "d: missed 20 intervals, 2025-06-26T00:00:00Z to 2025-06-26T20:00:00Z (nothing",
      "  was running)",
      `  ${command}`,
    ]);
    expect(renderMissed({ ...gap, intervals: 1, reason: "paused" })).toContain("d: missed 1 interval, ");
    expect(renderMissed({ ...gap, intervals: 1_000, reason: "paused" })).toContain("missed 1000 intervals or more");
  });

  it("show runs by pipeline in 80 columns, ids whole", () => {
    const text = renderRuns(
      [runOf(), runOf({ dag_id: "d", dag_run_id: "a", duration: null, state: "running" }), runOf({ dag_run_id: "b" })],
      9,
    );
    expect(text.split("\n")).toEqual([
      "sentiment_feature_pipeline",
      "state         took  run",
      `-------  ---------  ${"-".repeat(RUN_ID.length)}`,
      `success  2 h 3 min  ${RUN_ID}`,
      "success  2 h 3 min  b",
      "",
      "d",
      "state    took  run",
      "-------  ----  ---",
      "running     -  a",
      "",
      "3 of 9 runs",
    ]);
    expect(isNarrow(text)).toBe(true);
  });
});

describe("fx logs", () => {
  const error = {
    code: "source_unavailable",
    message: `OANDA did not answer. ${"It was asked again. ".repeat(5).trim()}`,
    retryable: true,
  };
  const tries = [tryOf({ state: "failed", error, log: "asking\n\nasked\n" }), tryOf({ try_number: 2, report: { written: 24 } })];

  it("shows every try with log, report and error, what was not run, and why the rest waits", () => {
    const text = renderLogs({
      run: runOf({ state: "running" }),
      task_instances: [taskOf(), taskOf({ task_id: "gold", state: "upstream_failed", try_number: 0, note: "given up" })],
      tries,
      reasons: [{ task_id: "last", map_key: "", dependencies: [{ name: "upstream", reason: "It waits for gold.", until: null }] }],
    });
    expect(text).toContain(
      "build_market_silver (USD_SGD), try 1: failed in 2.0 s, from\n  2025-06-27T00:01:00Z\n  asking\n  asked\n  source_unavail",
    );
    expect(text).toContain('try 2: success in 2.0 s, from\n  2025-06-27T00:01:00Z\n  report {"written":24}');
    expect(text).toContain("Not run:\n  gold (USD_SGD): upstream_failed, given up");
    expect(text).toContain("last has not ended:\n  It waits for gold.");
    expect(isNarrow(text)).toBe(true);
  });

  it("asks for the picked tasks only, and why those that have not ended wait", async () => {
    const asked: string[] = [];
    const client = {
      run: async () => runOf(),
      tasks: async () => [taskOf(), taskOf({ map_key: "EUR_USD" }), taskOf({ task_id: "gold", state: null, try_number: 0 })],
      attempts: async (...words: string[]) => {
        asked.push(words.join(" "));
        return tries.toReversed();
      },
      dependencies: async (...words: string[]) => {
        asked.push(`why ${words.join(" ")}`);
        return [];
      },
    };
    const logs = await readLogs(client, "d", "r", { task_id: null, map_key: "USD_SGD" });
    expect(asked).toEqual(["d r build_market_silver USD_SGD", "why d r gold USD_SGD"]);
    expect(logs.task_instances).toHaveLength(2);
    await expect(readLogs(client, "d", "r", { task_id: "x", map_key: null })).rejects.toThrow(
      "The run has no such task. Tasks: build_market_silver, gold. Keys: USD_SGD, EUR_USD.",
    );
  });
});
