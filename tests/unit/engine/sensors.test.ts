import { describe, expect, it } from "vitest";
import type { RunSlice } from "../../../shared/dag/step.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf, keyOf, NOW, REQUEST } from "../../support/engine/pipelineFixtures.ts";

const SENSOR = { poke_interval_ms: MINUTE, timeout_ms: 10 * MINUTE, soft_fail: true };
const nothing: RunSlice<null> = async (_ports, { task_id }) =>
  task_id === "wait" ? { kind: "reschedule", reason: "no new bronze", cursor: null, report: {} } : { kind: "success", report: {} };
const dag = (sensor: typeof SENSOR) =>
  dagOf([
    { task_id: "wait", sensor },
    { task_id: "build", upstream: ["wait"] },
  ]);

describe("a sensor", () => {
  it("looks every poke interval, is skipped with its reason at its timeout, and so is what follows", async () => {
    const { engine, ledger, clock, finish, statesOf } = await openOrchestration([dag(SENSOR)], { step: nothing });
    await engine.triggerRun(REQUEST);
    await engine.runHint(keyOf("wait"));
    expect((await ledger.taskInstances("d", "r"))[1]).toMatchObject({
      state: "up_for_reschedule",
      note: "no new bronze",
      not_before: Date.UTC(2025, 5, 27, 12, 1),
    });
    await finish();
    expect(await statesOf()).toEqual({ wait: "skipped", build: "skipped" });
    expect((await ledger.taskInstances("d", "r"))[1]).toMatchObject({ note: "waited 600 s, its timeout: no new bronze", try_number: 1 });
    expect((await ledger.run("d", "r"))?.state).toBe("success");
    expect(clock.now()).toBe(NOW + 10 * MINUTE);
  });

  it("without soft_fail fails at its timeout, and is not tried again", async () => {
    const { engine, ledger, finish, statesOf } = await openOrchestration([dag({ ...SENSOR, soft_fail: false })], { step: nothing });
    await engine.triggerRun(REQUEST);
    await finish();
    expect(await statesOf()).toEqual({ wait: "failed", build: "upstream_failed" });
    expect((await ledger.attempts(keyOf("wait"))).map((one) => one.error?.code)).toEqual(["sensor_timeout"]);
  });

  it("shares its time over retries", async () => {
    let calls = 0;
    const flaky: RunSlice<null> = async (ports, context) => {
      if (++calls % 3 === 0) throw new AppError("source_unavailable", "away", { retryable: true });
      return nothing(ports, context);
    };
    const { engine, clock, finish, statesOf } = await openOrchestration(
      [dagOf([{ task_id: "wait", sensor: SENSOR, retries: 50, retry_delay_ms: MINUTE, max_retry_delay_ms: MINUTE }])],
      { step: flaky },
    );
    await engine.triggerRun(REQUEST);
    await finish();
    expect(await statesOf()).toEqual({ wait: "skipped" });
    expect(clock.now()).toBeLessThan(NOW + 14 * MINUTE);
  });

  it("goes on when what it waits for is there", async () => {
    const later: RunSlice<null> = async (ports, context) =>
      context.cursor
        ? { kind: "success", report: {} }
        : { ...(await nothing(ports, context)), kind: "reschedule", cursor: { looked: 1 }, report: {} };
    const { engine, finish, statesOf } = await openOrchestration([dag(SENSOR)], { step: later });
    await engine.triggerRun(REQUEST);
    await finish();
    expect(await statesOf()).toEqual({ wait: "success", build: "success" });
  });
});
