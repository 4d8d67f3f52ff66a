import { describe, expect, it } from "vitest";
import { retryLost } from "../../../../functions/adapters/libsql/retryLost.ts";

/** In Node, in Node while the answer is read, and in workerd. */
const LOST = [new TypeError("fetch failed", { cause: "ECONNREFUSED" }), new TypeError("terminated"), new Error("Network connection lost.")];

describe("retryLost", () => {
  const run = async (failures: readonly Error[]) => {
    const left = [...failures];
    const waits: number[] = [];
    const work = async () => {
      const failure = left.shift();
      if (failure) throw failure;
      return "done";
    };
    const result = await retryLost(work, async (ms) => void waits.push(ms)).catch((error: Error) => error.message);
    return { result, waits };
  };

  it("sends again what a database that is started again did not take", async () => {
    expect(await run(LOST)).toEqual({ result: "done", waits: [100, 200, 400] });
  });

  it("gives up when it stays away", async () => {
    expect(await run(Array.from({ length: 9 }, () => LOST[0]!))).toEqual({ result: "fetch failed", waits: [100, 200, 400, 800, 1_600] });
  });

  it.each([
    ["whose time is up", new DOMException("The operation was aborted due to timeout", "TimeoutError")],
    ["that was refused", Object.assign(new Error("no such table"), { code: "SQLITE_ERROR" })],
    ["that has a fault of its own", new TypeError("Cannot read properties of undefined")],
  ])("repeats nothing %s", async (_name, error) => {
    expect(await run([error as Error])).toEqual({ result: (error as Error).message, waits: [] });
  });
});
