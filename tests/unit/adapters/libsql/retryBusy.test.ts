import { describe, expect, it } from "vitest";
import { retryBusy } from "../../../../functions/adapters/libsql/retryBusy.ts";

const busy = () => Object.assign(new Error("database is locked"), { code: "SQLITE_BUSY" });

describe("retryBusy", () => {
  const run = async (failures: readonly Error[]) => {
    const left = [...failures];
    const waits: number[] = [];
    const work = async () => {
      const failure = left.shift();
      if (failure) throw failure;
      return "done";
    };
    const result = await retryBusy(
      work,
      async (ms) => void waits.push(ms),
      () => 0.5,
    ).catch((error: Error) => error.message);
    return { result, waits };
  };

  it("sends again what the store was too busy for, waiting longer each time", async () => {
    expect(await run([busy(), busy(), busy()])).toEqual({ result: "done", waits: [20, 40, 80] });
  });

  it("sends again what the server took back because it was slow and another waited", async () => {
    const taken_back = Object.assign(new Error("Transaction timed out"), { code: "TRANSACTION_TIMEOUT" });
    expect(await run([taken_back])).toEqual({ result: "done", waits: [20] });
  });

  it("gives up in the end", async () => {
    expect(await run(Array.from({ length: 9 }, busy))).toEqual({ result: "database is locked", waits: [20, 40, 80, 160] });
  });

  it("repeats nothing that was refused for another reason", async () => {
    const refused = Object.assign(new Error("no such table"), { code: "SQLITE_ERROR" });
    expect(await run([refused])).toEqual({ result: "no such table", waits: [] });
    expect(await run([new Error("socket closed")])).toEqual({ result: "socket closed", waits: [] });
  });
});
