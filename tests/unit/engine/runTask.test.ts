import { describe, expect, it } from "vitest";
import type { RunSlice, StepOutcome } from "../../../shared/dag/step.ts";
import { HOUR, MINUTE, SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import { dagOf, instanceOf, keyOf, openMemoryLedger, REQUEST, startOneTask } from "../../support/engine/pipelineFixtures.ts";
import { createTestEngine } from "../../support/engine/testEngine.ts";

describe("a slice", () => {
  it("goes on from its cursor with a hint at once, and the newest report stands", async () => {
    const { ledger, engine, hints } = await startOneTask(({ cursor }) => {
      const read = 10 + Number(cursor?.["read"] ?? 0);
      return read < 30 ? { kind: "continue", cursor: { read }, report: { read } } : { kind: "success", report: { read } };
    });
    for (const [outcome, read] of [
      ["up_for_reschedule", 10],
      ["up_for_reschedule", 20],
      ["success", 30],
    ] as const) {
      expect(await engine.runHint(hints.take()[0]!)).toMatchObject({ outcome });
      expect(await instanceOf(ledger, "x")).toMatchObject({ state: outcome, try_number: 1, report: { read } });
    }
    expect(hints.length).toBe(0);
  });

  it("waits for its delay, as a hint does", async () => {
    const { engine, hints, clock } = await startOneTask((_context, call) =>
      call === 1 ? { kind: "reschedule", delay_ms: 5_000, cursor: null, report: {} } : { kind: "success", report: {} },
    );
    await engine.runHint(hints.take()[0]!);
    expect(hints.take()).toEqual([]);
    expect(await engine.runHint(keyOf("x"))).toMatchObject({ outcome: "not_due" });
    clock.advance(5_000);
    expect(await engine.runHint(hints.take()[0]!)).toMatchObject({ outcome: "success" });
  });

  it("logs to its try", async () => {
    const { ledger, engine } = await startOneTask(({ log }) => {
      log("read page 1");
      throw new AppError("invalid_candle", "high below low");
    });
    await engine.runHint(keyOf("x"));
    expect((await ledger.attempts(keyOf("x")))[0]).toMatchObject({
      state: "failed",
      error: { code: "invalid_candle", message: "high below low", retryable: false },
      log: "2025-06-27T12:00:00Z read page 1\n2025-06-27T12:00:00Z failed: invalid_candle: high below low\n",
    });
  });

  it("does nothing for a doubled hint, an unknown DAG or an unknown task", async () => {
    const { engine, callCount } = await startOneTask(() => ({ kind: "success", report: {} }));
    await Promise.all([engine.runHint(keyOf("x")), engine.runHint(keyOf("x"))]);
    expect(await engine.runHint(keyOf("x"))).toMatchObject({ outcome: "not_due" });
    expect(callCount()).toBe(1);
    expect(await engine.runHint({ ...keyOf("x"), dag_id: "gone" })).toMatchObject({ outcome: "unknown" });
    expect(await engine.runHint(keyOf("gone"))).toMatchObject({ outcome: "unknown" });
  });
});

describe("failures", () => {
  const away = (retry_after_ms?: number) =>
    new AppError("source_unavailable", "away", { retryable: true, ...(retry_after_ms === undefined ? {} : { retry_after_ms }) });

  it("are tried again with growing delays, then fail", async () => {
    const { ledger, engine, clock, callCount } = await startOneTask(
      () => {
        throw away();
      },
      { retries: 2, retry_delay_ms: 10 * SECOND },
    );
    const waits: number[] = [];
    await engine.drain({
      advanceTo: (instant) => {
        waits.push(instant - clock.now());
        clock.set(instant);
      },
    });
    expect(callCount()).toBe(3);
    expect(waits).toHaveLength(2);
    for (const [index, base] of [10 * SECOND, 20 * SECOND].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(base);
      expect(waits[index]).toBeLessThan(2 * base);
    }
    expect(await instanceOf(ledger, "x")).toMatchObject({ state: "failed", try_number: 3, max_tries: 2 });
    expect((await ledger.attempts(keyOf("x"))).map((attempt) => attempt.state)).toEqual(["failed", "failed", "failed"]);
  });

  it("that cannot pass are not tried again; an unknown error is", async () => {
    const fatal = await startOneTask(() => {
      throw new AppError("invalid_candle", "never");
    });
    expect(await fatal.engine.runHint(keyOf("x"))).toMatchObject({ outcome: "failed" });
    const unknown = await startOneTask(() => {
      throw new TypeError("x is undefined");
    });
    expect(await unknown.engine.runHint(keyOf("x"))).toMatchObject({ outcome: "up_for_retry" });
    expect((await unknown.ledger.attempts(keyOf("x")))[0]?.error).toEqual({ code: "internal", message: "x is undefined", retryable: true });
  });

  it("wait at least as long as the other side asks", async () => {
    const { ledger, engine } = await startOneTask(
      () => {
        throw away(10 * MINUTE);
      },
      { max_retry_delay_ms: MINUTE },
    );
    await engine.runHint(keyOf("x"));
    expect((await instanceOf(ledger, "x"))?.not_before).toBe(Date.UTC(2025, 5, 27, 12, 10));
  });

  it("of one map key do not stop the others", async () => {
    const work: RunSlice<null> = async (_ports, { map_key }) => {
      if (map_key === "EUR_USD") throw new AppError("invalid_candle", "bad");
      return { kind: "success", report: {} };
    };
    const dag = dagOf([
      { task_id: "x", map_over: "instrument" },
      { task_id: "y", map_over: "instrument", upstream: ["x"] },
    ]);
    const ledger = await openMemoryLedger();
    const { engine } = createTestEngine(ledger, [dag], { work });
    await engine.triggerRun(REQUEST);
    await engine.drain();
    expect(await instanceOf(ledger, "y", "EUR_USD")).toMatchObject({ state: "upstream_failed" });
    expect(await instanceOf(ledger, "y", "USD_SGD")).toMatchObject({ state: "success" });
    expect((await ledger.run("d", "r"))?.state).toBe("failed");
  });
});

describe("time", () => {
  it("over timeout_ms fails the try, and the late result is thrown away", async () => {
    const { promise, resolve } = Promise.withResolvers<StepOutcome>();
    const { ledger, engine, clock, timers, callCount } = await startOneTask(
      (_context, call) => (call === 1 ? promise : { kind: "success", report: { call } }),
      { timeout_ms: 30_000 },
    );
    const running = engine.runHint(keyOf("x"));
    while (callCount() === 0) await new Promise((next) => setImmediate(next));
    clock.advance(30_000);
    timers.fire();
    expect(await running).toMatchObject({ outcome: "up_for_retry" });
    resolve({ kind: "success", report: { late: true } });
    expect((await ledger.attempts(keyOf("x")))[0]?.error).toMatchObject({ code: "task_timeout", retryable: true });
    clock.advance(HOUR);
    await engine.drain();
    expect(await instanceOf(ledger, "x")).toMatchObject({ state: "success", report: { call: 2 } });
    expect(timers.length).toBe(0);
  });

  it("passes under heartbeats that keep the lease", async () => {
    const { promise, resolve } = Promise.withResolvers<StepOutcome>();
    const { engine, clock, timers, callCount } = await startOneTask(() => promise, { timeout_ms: HOUR });
    const running = engine.runHint(keyOf("x"));
    while (callCount() === 0) await new Promise((next) => setImmediate(next));
    for (let beats = 0; beats < 10; beats++) {
      clock.advance(20_000);
      timers.fire();
      // The heartbeat sets its next timer when the ledger has answered.
      while (timers.length < 2) await new Promise((next) => setImmediate(next));
      expect((await engine.sweep()).taken_over).toBe(0);
    }
    resolve({ kind: "success", report: {} });
    expect(await running).toMatchObject({ outcome: "success" });
  });

  // What the event of a slice leaves under way is cut off when the event ends, in the middle of its write.
  it("does not end before a heartbeat that is under way", async () => {
    const { promise, resolve } = Promise.withResolvers<StepOutcome>();
    const beat = Promise.withResolvers<void>();
    const order: string[] = [];
    const ledger = await openMemoryLedger();
    const watched: Ledger = {
      ...ledger,
      heartbeatBlock: async (leases, until) => {
        await beat.promise;
        order.push("beat");
        return ledger.heartbeatBlock(leases, until);
      },
      settleBlock: (...settlement) => {
        order.push("settle");
        return ledger.settleBlock(...settlement);
      },
    };
    const { engine, clock, timers } = createTestEngine(watched, [dagOf([{ task_id: "x", timeout_ms: HOUR }])], { work: () => promise });
    await engine.triggerRun(REQUEST);
    const running = engine.runHint(keyOf("x")).finally(() => order.push("end"));
    while (timers.length < 2) await new Promise((next) => setImmediate(next));
    clock.advance(20_000);
    timers.fire();
    resolve({ kind: "success", report: {} });
    for (let turns = 0; turns < 20; turns++) await new Promise((next) => setImmediate(next));
    expect(order).toEqual([]);
    beat.resolve();
    expect(await running).toMatchObject({ outcome: "success" });
    expect(order).toEqual(["beat", "settle", "end"]);
    expect(timers.length).toBe(0);
  });
});
