import { beforeEach, describe, expect, it } from "vitest";
import type { RunSlice, SliceContext } from "../../../shared/dag/step.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import { dagOf, instanceOf, openMemoryLedger, REQUEST, type TaskDraft } from "../../support/engine/pipelineFixtures.ts";
import { createTestEngine } from "../../support/engine/testEngine.ts";

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openMemoryLedger();
});

describe("what a step sees", () => {
  const run = async (tasks: readonly TaskDraft[], look: (context: SliceContext) => unknown) => {
    const seen: unknown[] = [];
    const work: RunSlice<null> = async (_ports, context) => ({ kind: "success", report: { made_by: context.task_id + context.map_key } });
    const watch: RunSlice<null> = async (_ports, context) => {
      seen.push(look(context));
      return { kind: "success", report: {} };
    };
    const { engine } = createTestEngine(ledger, [dagOf(tasks)], { work, watch });
    await engine.triggerRun({ ...REQUEST, conf: { fast: true } });
    await engine.drain();
    return seen;
  };

  it("is its run and the reports of its own map key", async () => {
    const tasks: TaskDraft[] = [
      { task_id: "x", map_over: "instrument" },
      { task_id: "z", map_over: "instrument", upstream: ["x"], step: "watch" },
    ];
    expect(await run(tasks, ({ map_key, window, conf, upstream }) => ({ map_key, window, conf, x: upstream("x") }))).toEqual(
      ["EUR_USD", "USD_SGD"].map((map_key) => ({ map_key, window: REQUEST.window, conf: { fast: true }, x: { made_by: `x${map_key}` } })),
    );
  });

  it("is every report of a mapped task upstream of an unmapped one", async () => {
    const tasks: TaskDraft[] = [
      { task_id: "x", map_over: "instrument" },
      { task_id: "z", upstream: ["x"], step: "watch" },
    ];
    expect(await run(tasks, ({ upstreamAll }) => upstreamAll("x"))).toEqual([
      { EUR_USD: { made_by: "xEUR_USD" }, USD_SGD: { made_by: "xUSD_SGD" } },
    ]);
  });

  it.each(["x", "absent"])("is not one report of several, nor that of a stranger: %s", async (asked) => {
    const tasks: TaskDraft[] = [
      { task_id: "x", map_over: "instrument" },
      { task_id: "z", upstream: ["x"], step: "watch" },
    ];
    expect(await run(tasks, ({ upstream }) => upstream(asked))).toEqual([]);
    expect(await instanceOf(ledger, "z")).toMatchObject({ state: "failed" });
  });

  it("is nothing when skip_when holds", async () => {
    const skip = (equals: string) => [{ upstream: "x", fact: "made_by", equals }];
    const tasks: TaskDraft[] = [
      { task_id: "x" },
      { task_id: "z", upstream: ["x"], step: "watch", skip_when: skip("x") },
      { task_id: "y", upstream: ["x"], step: "watch", skip_when: skip("other") },
    ];
    expect(await run(tasks, ({ task_id }) => task_id)).toEqual(["y"]);
    expect(await instanceOf(ledger, "z")).toMatchObject({ state: "skipped", note: "x reports made_by = x" });
  });
});
