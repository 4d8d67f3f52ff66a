import { beforeEach, describe, expect, it } from "vitest";
import type { DagDefinition } from "../../../shared/dag/dag.ts";
import type { RunSlice } from "../../../shared/dag/step.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import { dagOf, instanceOf, keyOf, openMemoryLedger, REQUEST } from "../../support/engine/pipelineFixtures.ts";
import { createTestEngine } from "../../support/engine/testEngine.ts";

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openMemoryLedger();
});

describe("a lost worker", () => {
  const dies: RunSlice<null> = async () => ({ kind: "continue", cursor: { page: 1 }, report: {} });
  /** A worker that claims and is never heard of again. */
  const loseWorker = (dag: DagDefinition, token: string, now: number) =>
    ledger.claim(dag, keyOf("x"), { token, now, lease_until: now + 60_000 });

  it("costs no retry for max_takeovers times, then uses up the retries", async () => {
    const dag = dagOf([{ task_id: "x", retries: 1 }]);
    const { engine, clock, hints } = createTestEngine(ledger, [dag], { work: dies }, { max_takeovers: 2 });
    await engine.triggerRun(REQUEST);
    hints.take();
    const states: (string | null)[] = [];
    for (let loss = 1; loss <= 4; loss++) {
      expect(await loseWorker(dag, `lost-${loss}`, clock.now())).not.toBeNull();
      clock.advance(60_000);
      expect((await engine.sweep()).taken_over).toBe(1);
      states.push((await instanceOf(ledger, "x"))?.state ?? null);
      if (loss <= 2) expect(hints.take()).toEqual([keyOf("x")]);
      clock.advance(HOUR);
    }
    expect(states).toEqual(["up_for_retry", "up_for_retry", "up_for_retry", "failed"]);
    expect(await instanceOf(ledger, "x")).toMatchObject({ try_number: 4, max_tries: 3 });
    expect((await ledger.attempts(keyOf("x"))).map((attempt) => attempt.error?.code)).toEqual(Array(4).fill("lease_expired"));
    expect((await ledger.run("d", "r"))?.state).toBe("failed");
  });

  it("is replaced by one that goes on from the cursor", async () => {
    const dag = dagOf([{ task_id: "x" }]);
    const cursors: unknown[] = [];
    const work: RunSlice<null> = async (_ports, context) => {
      cursors.push(context.cursor);
      return context.cursor ? { kind: "success", report: {} } : { kind: "continue", cursor: { page: 1 }, report: {} };
    };
    const { engine, clock } = createTestEngine(ledger, [dag], { work });
    await engine.triggerRun(REQUEST);
    await engine.runHint(keyOf("x"));
    await loseWorker(dag, "lost", clock.now());
    clock.advance(60_000);
    await engine.drain();
    expect(cursors).toEqual([null, { page: 1 }]);
    expect(await instanceOf(ledger, "x")).toMatchObject({ state: "success", try_number: 2 });
  });
});
