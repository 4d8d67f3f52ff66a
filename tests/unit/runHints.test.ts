import { describe, expect, it, vi } from "vitest";
import { createHintRunner } from "../../functions/runHints.ts";
import type { TaskKey } from "../../shared/contracts/dags.ts";
import { MINUTE } from "../../shared/domain/instant.ts";
import { createTestClock } from "../support/engine/testEngine.ts";

const keyOf = (task_id: string): TaskKey => ({ dag_id: "d", run_id: "r", task_id, map_key: "" });

/** An engine whose slices end when the test says so, and a sleep that lets it say so. */
function open(at_once: number) {
  const ends = new Map<string, (error?: Error) => void>();
  const begun: string[] = [];
  const runHint = ({ task_id }: TaskKey) => {
    begun.push(task_id);
    const { promise, resolve, reject } = Promise.withResolvers<never>();
    ends.set(task_id, (error) => (error ? reject(error) : resolve(undefined as never)));
    return promise;
  };
  const clock = createTestClock(0);
  const handed_on: Promise<unknown>[] = [];
  const sleep = () => new Promise<void>((resolve) => setImmediate(resolve));
  const runHints = createHintRunner({ engine: { runHint }, at_once, clock, sleep });
  const deliver = (...tasks: string[]) => {
    let is_answered = false;
    const messages = tasks.map((task_id) => ({ body: keyOf(task_id) }));
    const answer = runHints({ messages, waitUntil: (work) => void handed_on.push(work) }).then(() => {
      is_answered = true;
    });
    return { answer, isAnswered: () => sleep().then(() => is_answered) };
  };
  const end = (task_id: string, error?: Error) => {
    ends.get(task_id)?.(error);
    return sleep();
  };
  return { deliver, begun, handed_on, end, clock };
}

describe("hints", () => {
  it("are done one after the other, each before the delivery is answered", async () => {
    const { deliver, begun, handed_on, end } = open(1);
    const delivery = deliver("x", "y");
    await end("x");
    expect([begun, await delivery.isAnswered()]).toEqual([["x", "y"], false]);
    await end("y");
    await delivery.answer;
    expect(handed_on).toEqual([]);
  });

  it("run beside a slow one, as many as may, and then wait for a free place", async () => {
    const { deliver, begun, handed_on, end } = open(2);
    await deliver("slow").answer;
    const second = deliver("x");
    expect(await second.isAnswered()).toBe(false);
    await end("x");
    await second.answer;
    const third = deliver("y", "z");
    expect([await third.isAnswered(), begun]).toEqual([false, ["slow", "x", "y"]]);
    await end("slow");
    expect([await third.isAnswered(), begun]).toEqual([false, ["slow", "x", "y", "z"]]);
    await end("y");
    await third.answer;
    expect(handed_on).toHaveLength(4);
    await end("z");
    await Promise.all(handed_on);
  });

  it("that the runtime cut off do not take a place for ever", async () => {
    const { deliver, begun, clock } = open(2);
    await deliver("lost").answer;
    const second = deliver("also lost");
    expect(await second.isAnswered()).toBe(false);
    clock.advance(10 * MINUTE);
    await second.answer;
    await deliver("x").answer;
    expect(begun).toEqual(["lost", "also lost", "x"]);
  });

  it("that fail are told of, and hold up nothing", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    const { deliver, end } = open(1);
    const delivery = deliver("x", "y");
    await end("x", new Error("the store is away"));
    await end("y");
    await delivery.answer;
    expect(said.mock.calls.flat().join()).toMatch(/found by the sweep: the store is away .*"task_id":"x"/);
    said.mockRestore();
  });
});
