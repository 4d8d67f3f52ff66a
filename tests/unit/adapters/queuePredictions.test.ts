import { describe, expect, it } from "vitest";
import { createPredictionSender } from "../../../functions/adapters/queuePredictions.ts";
import type { PredictionRecord } from "../../../shared/ports/predictionLog.ts";
import { createTestClock } from "../../support/engine/testEngine.ts";
import { predictionRecord } from "../../support/models/predictionRecord.ts";

/** Sleeps end when the test says so, or never, as in a request whose client has gone. */
function sender(send?: () => Promise<void>) {
  const messages: string[][] = [];
  const sleeping: (() => void)[] = [];
  const clock = createTestClock(1_000);
  const queue = {
    send: async (records: readonly PredictionRecord[]) => {
      await send?.();
      messages.push(records.map(({ prediction_id }) => prediction_id));
    },
  };
  const sleep = () => new Promise<void>((resolve) => void sleeping.push(resolve));
  return { record: createPredictionSender({ queue, clock, sleep }), messages, sleeping, clock };
}

const names = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `p${from + i}`);

describe("served predictions on their way to the queue", () => {
  it("leave together when the first of them has waited", async () => {
    const { record: put, messages, sleeping } = sender();
    const first = put(predictionRecord("p0"));
    await Promise.all([put(predictionRecord("p1")), put(predictionRecord("p2"))]);
    expect([messages, sleeping.length]).toEqual([[], 1]);
    sleeping[0]?.();
    await first;
    expect(messages).toEqual([["p0", "p1", "p2"]]);
  });

  it("leave at once when a message is full, and the timer of the first does not send what comes after it", async () => {
    const { record: put, messages, sleeping } = sender();
    const first = put(predictionRecord("p0"));
    for (const name of names(1, 50)) await put(predictionRecord(name));
    expect(messages).toEqual([names(0, 50)]);
    sleeping[0]?.();
    await first;
    expect(messages).toHaveLength(1);
  });

  it("get a timer of their own after a full message", async () => {
    const { record: put, messages, sleeping, clock } = sender();
    void put(predictionRecord("p0"));
    for (const name of names(1, 50)) await put(predictionRecord(name));
    clock.advance(1);
    const next = put(predictionRecord("p50"));
    expect(sleeping).toHaveLength(2);
    sleeping[1]?.();
    await next;
    expect(messages).toEqual([names(0, 50), ["p50"]]);
  });

  it("do not wait for a timer that was ended with its request", async () => {
    const { record: put, messages, sleeping, clock } = sender();
    void put(predictionRecord("p0"));
    clock.advance(199);
    await put(predictionRecord("p1"));
    expect(sleeping).toHaveLength(1);
    clock.advance(1);
    const taker = put(predictionRecord("p2"));
    sleeping[1]?.();
    await taker;
    expect(messages).toEqual([["p0", "p1", "p2"]]);
  });

  it("fail together, each by name, when the queue refuses them", async () => {
    const { record: put, sleeping } = sender(() => Promise.reject(new Error("queue is full")));
    const first = put(predictionRecord("p0"));
    await put(predictionRecord("p1"));
    sleeping[0]?.();
    await expect(first).rejects.toThrow("The queue did not take 2 predictions: p0, p1.");
  });
});
