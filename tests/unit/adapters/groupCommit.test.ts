import { describe, expect, it } from "vitest";
import { createGroupCommit } from "../../../functions/adapters/groupCommit.ts";
import type { PredictionRecord } from "../../../shared/ports/predictionLog.ts";
import type { Timers } from "../../../shared/ports/timers.ts";
import { predictionRecord } from "../../support/models/predictionRecord.ts";

/** Messages are taken, or refused, when the test says so; timers fire when it says so. */
function setUp() {
  const messages: { ids: string[]; end: PromiseWithResolvers<void> }[] = [];
  const timers = new Set<() => void>();
  const after: Timers["after"] = (_ms, run) => {
    timers.add(run);
    return () => void timers.delete(run);
  };
  const queue = {
    send: (records: readonly PredictionRecord[]) => {
      const end = Promise.withResolvers<void>();
      messages.push({ ids: records.map(({ prediction_id }) => prediction_id), end });
      return end.promise;
    },
  };
  const commit = createGroupCommit({ queue, timers: { after } });
  const settled: string[] = [];
  const record = (id: string) => {
    const work = commit(predictionRecord(id));
    work.then(
      () => settled.push(id),
      (error: Error) => settled.push(`${id}: ${error.message}`),
    );
    return work;
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { record, messages, settled, timers, turn, sent: () => messages.map(({ ids }) => ids) };
}

describe("records on their way to the journal", () => {
  it("leave when nothing is under way, and are acknowledged when they are taken", async () => {
    const { record, messages, settled, turn, sent } = setUp();
    record("a");
    await turn();
    expect([sent(), settled]).toEqual([[["a"]], []]);
    messages[0]?.end.resolve();
    await turn();
    expect(settled).toEqual(["a"]);
  });

  it("that come while a message is under way go together in the next one", async () => {
    const { record, messages, settled, timers, turn, sent } = setUp();
    for (const id of ["a", "b", "c", "d"]) {
      record(id);
      await turn();
    }
    expect(sent()).toEqual([["a"]]);
    messages[0]?.end.resolve();
    await turn();
    expect([sent(), settled]).toEqual([[["a"], ["b", "c", "d"]], ["a"]]);
    messages[1]?.end.resolve();
    await turn();
    expect([settled.toSorted(), timers.size]).toEqual([["a", "b", "c", "d"], 0]);
  });

  it("fail together when they are refused, and what comes next is sent all the same", async () => {
    const { record, messages, settled, turn, sent } = setUp();
    record("a");
    await turn();
    record("b").catch(() => undefined);
    record("c").catch(() => undefined);
    await turn();
    messages[0]?.end.resolve();
    await turn();
    messages[1]?.end.reject(new Error("the disk is full"));
    await turn();
    expect(settled.toSorted()).toEqual(["a", "b: the disk is full", "c: the disk is full"]);
    record("d");
    await turn();
    messages[2]?.end.resolve();
    await turn();
    expect([sent().at(-1), settled.at(-1)]).toEqual([["d"], "d"]);
  });

  it("wait no longer for a sender that was ended with its client, and nor do those after them", async () => {
    const { record, messages, settled, timers, turn, sent } = setUp();
    record("a");
    await turn();
    record("b");
    record("c").catch(() => undefined);
    await turn();
    // "a" never says how it went: first the wait for it ends, and the next group goes out.
    for (const fire of [...timers]) fire();
    await turn();
    expect(sent()).toEqual([["a"], ["b", "c"]]);
    messages[1]?.end.resolve();
    await turn();
    expect(settled.toSorted()).toEqual(["b", "c: The prediction could not be recorded in time."]);
    record("d");
    await turn();
    messages[2]?.end.resolve();
    await turn();
    expect(settled.at(-1)).toBe("d");
  });

  it("do not join a group for ever whose sender was ended before it sent", async () => {
    const { record, messages, settled, timers, turn, sent } = setUp();
    for (const id of ["a", "b"]) {
      record(id);
      await turn();
    }
    record("c").catch(() => undefined);
    await turn();
    // Nothing of "b" is run any more, its timer neither: that of "c", the last one, is.
    [...timers].at(-1)?.();
    await turn();
    expect(settled).toEqual(["c: The prediction could not be recorded in time."]);
    record("d");
    await turn();
    [...timers].at(-1)?.();
    await turn();
    expect(sent()).toEqual([["a"], ["d"]]);
    messages[1]?.end.resolve();
    await turn();
    expect(settled.at(-1)).toBe("d");
  });

  it("are split into messages of 500", async () => {
    const { record, messages, turn, sent } = setUp();
    record("first");
    await turn();
    for (let index = 0; index < 700; index++) record(`r${index}`);
    await turn();
    for (let index = 0; index < 3; index++) {
      messages[index]?.end.resolve();
      await turn();
    }
    expect(sent().map(({ length }) => length)).toEqual([1, 500, 200]);
  });
});
