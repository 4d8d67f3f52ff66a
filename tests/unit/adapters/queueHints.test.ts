import { describe, expect, it } from "vitest";
import { createQueueHints } from "../../../functions/adapters/queueHints.ts";
import type { TaskKey } from "../../../shared/contracts/dags.ts";
import { DAY } from "../../../shared/domain/instant.ts";

type Message = { body: TaskKey; delaySeconds?: number };

function recorder() {
  const batches: Message[][] = [];
  return { batches, hints: createQueueHints({ sendBatch: async (messages) => batches.push([...messages]) }) };
}
const key = (map_key: string): TaskKey => ({ dag_id: "d", run_id: "r", task_id: "t", map_key });

describe("queue hints", () => {
  it.each([
    [undefined, undefined],
    [0, undefined],
    [-5, undefined],
    [1, 1],
    [1_000, 1],
    [1_001, 2],
    [2 * DAY, 43_200],
  ])("of %s ms wait %s s", async (delay_ms, delaySeconds) => {
    const { batches, hints } = recorder();
    await hints.send([key("a")], delay_ms);
    expect(batches).toEqual([[delaySeconds === undefined ? { body: key("a") } : { body: key("a"), delaySeconds }]]);
  });

  it("go in batches of 100", async () => {
    const { batches, hints } = recorder();
    await hints.send(Array.from({ length: 250 }, (_, index) => key(String(index))));
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
    expect(new Set(batches.flat().map((message) => message.body.map_key)).size).toBe(250);
  });
});
