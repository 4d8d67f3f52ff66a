import { beforeEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import { dagOf, NOW, openMemoryLedger, REQUEST, succeed } from "../../support/engine/pipelineFixtures.ts";
import { createTestEngine } from "../../support/engine/testEngine.ts";

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openMemoryLedger();
});

describe("triggerRun", () => {
  it("creates once, answers the same call the same, and refuses another run under the same id", async () => {
    const { engine, hints } = createTestEngine(ledger, [dagOf([{ task_id: "x", map_over: "instrument" }])], { work: succeed });
    const conf = { a: 1, b: 2 };
    const first = await engine.triggerRun({ ...REQUEST, conf });
    expect(first.created).toBe(true);
    expect(await engine.triggerRun({ ...REQUEST, conf: { b: 2, a: 1 } })).toEqual({ run: first.run, created: false });
    expect(hints.take().map((hint) => hint.map_key)).toEqual(["EUR_USD", "USD_SGD"]);
    await expect(engine.triggerRun(REQUEST)).rejects.toMatchObject({ code: "run_exists", status: 409 });
    const others = [
      [{ window: { start: 0, end: NOW } }, ["data_interval_start"]],
      [{ map_keys: { instrument: ["USD_SGD"] } }, ["map_keys"]],
      [{ run_type: "backfill" }, ["run_type"]],
    ] as const;
    for (const [other, differs] of others)
      await expect(engine.triggerRun({ ...REQUEST, conf, ...other })).rejects.toMatchObject({ code: "run_exists", details: { differs } });
    const same = { instrument: ["USD_SGD", "EUR_USD"], source: ["wire"] };
    await expect(engine.triggerRun({ ...REQUEST, conf, map_keys: same })).rejects.toMatchObject({ code: "invalid_request" });
    expect((await engine.triggerRun({ ...REQUEST, conf, map_keys: { instrument: same.instrument } })).created).toBe(false);
  });

  it("maps a run over what its conf says, where the pipeline goes by that, and lets the request name nothing else", async () => {
    const plain = dagOf([{ task_id: "x", map_over: "instrument" }]);
    const dag = { ...plain, mapKeysOf: ({ all }: Readonly<Record<string, unknown>>) => (all ? { instrument: ["all"] } : null) };
    const { engine } = createTestEngine(ledger, [dag], { work: succeed });
    const keysOf = async (conf: object) => {
      const { run } = await engine.triggerRun({ ...REQUEST, run_id: JSON.stringify(conf), conf: { ...conf } });
      return (await ledger.taskInstances(run.dag_id, run.run_id)).map(({ map_key }) => map_key);
    };
    expect(await keysOf({})).toEqual(["EUR_USD", "USD_SGD"]);
    expect(await keysOf({ all: true })).toEqual(["all"]);
    const request = { ...REQUEST, run_id: "named", conf: { all: true } };
    expect((await engine.triggerRun({ ...request, map_keys: { instrument: ["all"] } })).created).toBe(true);
    const refused = { code: "invalid_request", status: 422, details: { field: "map_keys" } };
    await expect(engine.triggerRun({ ...request, map_keys: { instrument: ["USD_SGD"] } })).rejects.toMatchObject(refused);
  });

  it("names runs by type and interval end", async () => {
    const { engine } = createTestEngine(ledger, [dagOf([{ task_id: "x" }])], { work: succeed });
    const { run_id: _, ...unnamed } = REQUEST;
    expect((await engine.triggerRun(unnamed)).run.run_id).toBe("manual__2025-06-27T12:00:00Z");
  });

  it.each([
    [{ dag_id: "other" }, "unknown_dag", 404],
    [{ window: { start: NOW, end: NOW } }, "invalid_request", 400],
    [{ run_id: "" }, "invalid_request", 400],
    [{ map_keys: { instrument: [] } }, "invalid_request", 422],
    [{ map_keys: { instrument: ["a", "a"] } }, "invalid_request", 422],
    [{ map_keys: { instrument: [""] } }, "invalid_request", 422],
  ])("refuses %j", async (over, code, status) => {
    const { engine } = createTestEngine(ledger, [dagOf([{ task_id: "x", map_over: "instrument" }])], { work: succeed });
    await expect(engine.triggerRun({ ...REQUEST, ...over })).rejects.toMatchObject({ code, status });
  });
});
