import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fireCron } from "../../cron-triggers/fireCron.ts";
import { SWEEP_CRON } from "../../cron-triggers/schedule.ts";
import { dataCollection } from "../../functions/pipelines/data_collection/dag.ts";
import type { TaskAttempt, TaskInstance } from "../../shared/contracts/dags.ts";
import { MINUTE, SECOND, toIso } from "../../shared/domain/instant.ts";
import { select } from "../kill/driveMove.ts";
import { type KeptStack, startKeptStack } from "../kill/keptStack.ts";
import type { FxResult } from "../support/stack/fxProcess.ts";
import { createFxWorkplace } from "../support/stack/fxWorkplace.ts";
import { sendFault, until } from "../support/stack/stackControl.ts";
import { hostOfBuild } from "../support/stack/testBuild.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

const DAG = "data_collection";
/** The tick at noon, on a stack whose clock is at seven past: it is late at ten past, while it still tries. */
const NOON = Date.UTC(2026, 6, 15, 12);
const RUN = `scheduled__${toIso(NOON)}`;
const CLOCK_START = NOON + 7 * MINUTE;
/**
 * The first try is refused as often as the client asks (five times, with its own short waits); the others are told at once to come back
 * in half a minute. Tries and waits are those of production: only the clock is set forward over the waits.
 */
const CLIENT_TRIES = 5;
const FAULTS = [
  { kind: "server_error", count: CLIENT_TRIES, instrument: "EUR_USD" },
  { kind: "rate_limit", count: 1_000, instrument: "EUR_USD", retry_after_s: 30 },
];
const TASK = dataCollection.tasks.find((task) => task.task_id === "collect_candles");

const workplace = createFxWorkplace();
const folder = workplace.store("failing");
let stack: KeptStack;

const fx = (...args: string[]): Promise<FxResult> => workplace.run([...args, "--store", folder]);
const tasks = () => stack.client.tasks(DAG, RUN);
const stateOf = (all: readonly TaskInstance[], task_id: string, map_key: string) =>
  all.find((task) => task.task_id === task_id && task.map_key === map_key)?.state;

async function setFaults(faults: readonly object[]): Promise<void> {
  const run = workplace.stackOf(folder);
  await sendFault(run, { method: "DELETE" });
  for (const fault of faults) expect((await sendFault(run, { method: "POST", body: JSON.stringify(fault) })).status).toBe(201);
}

/** The state of the failing task once it is not running: a retry that waits, or its end. */
function untilTried(try_number: number): Promise<TaskInstance> {
  return until(`the end of try ${try_number}`, async () => {
    const task = (await tasks()).find((one) => one.task_id === "collect_candles" && one.map_key === "EUR_USD");
    return task?.try_number === try_number && ["up_for_retry", "failed"].includes(task.state ?? "") ? task : null;
  });
}

describe("a step whose source fails", () => {
  let logs_between: string;
  let second_try_from: string;
  let others_between: (string | null | undefined)[];
  let logs: FxResult;
  let attempts: readonly TaskAttempt[];
  let callbacks: unknown[][];
  let mended: readonly TaskInstance[];

  beforeAll(async () => {
    // Without news: its sites would be read at their own pace meanwhile.
    const env = { ...(await workplace.environment()), INSTRUMENTS: "USD_SGD,EUR_USD,USD_JPY", NEWS_FEEDS: "none" };
    const root = fileURLToPath(new URL("../..", import.meta.url));
    stack = await startKeptStack({ root, folder, env, clock_start: CLOCK_START, ...hostOfBuild() });
    await setFaults(FAULTS);
    await fireCron(stack.cron_url, "*/10 * * * *", NOON);
    for (let task = await untilTried(1); task.state === "up_for_retry"; task = await untilTried(task.try_number + 1)) {
      if (task.try_number === 1) {
        second_try_from = task.not_before ?? "a moment that nobody named";
        logs_between = (await fx("logs", DAG, RUN)).stdout;
        const all = await tasks();
        others_between = ["USD_SGD", "USD_JPY"].map((key) => stateOf(all, "validate_bronze", key));
      }
      await stack.skipTo(Date.parse(task.not_before ?? "") + SECOND, ["worker", "ticker"]);
      await fireCron(stack.cron_url, SWEEP_CRON, Math.floor(stack.now() / MINUTE) * MINUTE);
    }
    await until("the run's end", async () => ((await stack.client.run(DAG, RUN)).state === "failed" ? true : null));
    // Told of with the next sweep.
    await fireCron(stack.cron_url, SWEEP_CRON, Math.floor(stack.now() / MINUTE) * MINUTE + MINUTE);
    logs = await fx("logs", DAG, RUN);
    attempts = await stack.client.attempts(DAG, RUN, "collect_candles", "EUR_USD");
    callbacks = await select(
      stack,
      "SELECT kind, task_id, map_key, run_id, delivered_at IS NOT NULL, last_error FROM callbacks ORDER BY kind",
    );
    await setFaults([]);
    expect((await fx("clear", DAG, RUN, "--only-failed", "--yes")).code).toBe(0);
    await until("the run's second end", async () => ((await stack.client.run(DAG, RUN)).state === "success" ? true : null));
    mended = await tasks();
  }, TIME_LIMIT_MS);
  afterAll(async () => {
    await stack?.stop();
    workplace.remove();
  });

  it("is tried as often as its policy says, with backoff, and then fails", () => {
    expect(attempts.map(({ try_number }) => try_number)).toEqual([1, 2, 3, 4, 5]);
    const retries = TASK?.retries ?? 0;
    expect(attempts).toHaveLength(1 + retries);
    const waits_ms = attempts.slice(1).map((next, index) => Date.parse(next.start_date) - Date.parse(attempts[index]?.end_date ?? ""));
    for (const [index, wait_ms] of waits_ms.entries()) {
      // Half of the doubled delay is jitter (retryDelay.ts); Retry-After bounds it from below.
      const least_ms = Math.max((TASK?.retry_delay_ms ?? 0) * 2 ** index * 0.5, index > 0 ? 30 * SECOND : 0);
      expect(wait_ms, `before try ${index + 2}`).toBeGreaterThanOrEqual(least_ms);
    }
    expect(waits_ms.at(-1)).toBeGreaterThan(waits_ms[0] ?? 0);
  });

  it("holds up no other instrument, and its own downstream is upstream_failed", async () => {
    expect(others_between).toEqual(["success", "success"]);
    expect(logs.stdout).toContain("validate_bronze (EUR_USD): upstream_failed");
  });

  it("says between two tries what it waits for", () => {
    expect(logs_between).toContain("collect_candles (EUR_USD) has not ended:");
    expect(logs_between.replaceAll(/\s+/g, " ")).toContain(`Try 1 failed; the next is at ${second_try_from}.`);
    expect(logs_between).toContain("validate_bronze (EUR_USD) has not ended:");
    expect(logs_between).toMatch(/It waits for collect_candles \(EUR_USD\), which is up_for_retry/);
  });

  it("shows in fx logs why: the instrument, the status, each try with its time, and what to do", () => {
    expect(logs.code).toBe(0);
    expect(logs.stdout).toContain(`${DAG} ${RUN}: failed`);
    // Lines are broken to fit 80 columns.
    const text = logs.stdout.replaceAll(/\s+/g, " ");
    for (const { try_number, start_date } of attempts) {
      expect(text).toContain(`collect_candles (EUR_USD), try ${try_number}: failed in`);
      expect(logs.stdout).toContain(start_date);
    }
    expect(text).toContain("EUR_USD: OANDA answered 500: Internal server error");
    expect(text).toContain("EUR_USD: OANDA answered 429: Rate limit exceeded");
    // Once a try, and not once more as the error of the same try.
    expect(text.match(/OANDA answered 500/g)).toHaveLength(1);
    const way_out = `  fx clear ${DAG} ${RUN} --only-failed --yes`;
    expect(logs.stdout.trimEnd().split("\n").at(-1)).toBe(way_out);
    for (const line of logs.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(Math.max(80, way_out.length));
  });

  it("is told of: the failure, the used-up retries, the late run while it ran, and the failed run", async () => {
    expect(callbacks).toEqual([
      ["on_deadline_missed", null, null, RUN, 1, null],
      ["on_failure", "collect_candles", "EUR_USD", RUN, 1, null],
      ["on_retry_exhausted", "collect_candles", "EUR_USD", RUN, 1, null],
      ["on_run_failure", null, null, RUN, 1, null],
    ]);
    // The late run was told of by a Worker that was killed when the clock was set forward: what it had not written to its log yet is lost.
    const kinds = callbacks.map(([kind]) => kind).filter((kind) => kind !== "on_deadline_missed");
    const notified = await untilNotified(kinds.length);
    expect(notified.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
    expect(notified.find(({ kind }) => kind === "on_failure")?.text).toContain("EUR_USD: OANDA answered 429");
  });

  it("succeeds when the source is back and it is cleared, without the others being run again", () => {
    for (const key of ["USD_SGD", "EUR_USD", "USD_JPY"]) expect(stateOf(mended, "validate_bronze", key)).toBe("success");
    const tries = mended.filter((task) => task.task_id === "collect_candles").map((task) => [task.map_key, task.try_number]);
    expect(Object.fromEntries(tries)).toEqual({ USD_SGD: 1, EUR_USD: 6, USD_JPY: 1 });
  });
});

/** What the Worker wrote to its log for whoever watches it. */
async function untilNotified(count: number): Promise<{ kind: string; text: string }[]> {
  return until("the notifications", async () => {
    const files = readdirSync(join(folder, "logs")).filter((name) => /^worker-\d+\.log$/.test(name));
    const lines = files.flatMap((name) => readFileSync(join(folder, "logs", name), "utf8").split("\n"));
    const found = lines.flatMap((line) => {
      const json = /\{"event":"notification".*\}/.exec(line)?.[0];
      return json ? [JSON.parse(json) as { kind: string; text: string }] : [];
    });
    if (found.length < count) await sleep(100);
    return found.length >= count ? found : null;
  });
}
