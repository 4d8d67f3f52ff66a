import { describe, expect, it } from "vitest";
import { explainEndings } from "../../../functions/engine/explainEnding.ts";
import type { RunSlice } from "../../../shared/dag/step.ts";
import { AppError } from "../../../shared/errors.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf, keyOf, REQUEST } from "../../support/engine/pipelineFixtures.ts";

const DAG = dagOf([
  { task_id: "assemble", map_over: "instrument" },
  { task_id: "train", map_over: "instrument", upstream: ["assemble"], retries: 0 },
  { task_id: "evaluate", map_over: "instrument", upstream: ["train"] },
  { task_id: "sum", upstream: ["evaluate"] },
]);

/** Runs the DAG with these endings of steps, and gives the notes of its tasks. */
async function notesAfter(step: RunSlice<null>) {
  const world = await openOrchestration([DAG], { step });
  await world.engine.triggerRun(REQUEST);
  await world.finish();
  const explained = explainEndings(DAG, await world.ledger.taskInstances("d", "r"));
  return { ...world, notes: Object.fromEntries(explained.map(({ task_id, map_key, note }) => [`${task_id}/${map_key}`, note])) };
}

const TOO_FEW = "526 labelled rows by then; the profile needs 1300.";

describe("why a task did not run", () => {
  it("is what its own instrument's chain was skipped for, however far up", async () => {
    const { notes, control } = await notesAfter(async (_ports, { task_id, map_key }) =>
      task_id === "assemble" && map_key === "EUR_USD" ? { kind: "skipped", reason: TOO_FEW } : { kind: "success", report: {} },
    );
    expect(notes).toMatchObject({
      "assemble/EUR_USD": TOO_FEW,
      "train/EUR_USD": `because assemble (EUR_USD) was skipped: ${TOO_FEW}`,
      "evaluate/EUR_USD": `because assemble (EUR_USD) was skipped: ${TOO_FEW}`,
      "evaluate/USD_SGD": null,
      "sum/": `because assemble (EUR_USD) was skipped: ${TOO_FEW}`,
    });
    const [reason] = (await control.dependencies(keyOf("evaluate", "EUR_USD"))).dependencies;
    expect(reason?.reason).toContain(`It has ended as skipped (because assemble (EUR_USD) was skipped: ${TOO_FEW})`);
  });

  it("is the task that failed, and what it left behind when that was mended without it", async () => {
    const { notes, control, ledger } = await notesAfter(async (_ports, { task_id }) => {
      if (task_id === "train") throw new AppError("training_failed", "no library");
      return { kind: "success", report: {} };
    });
    expect(notes).toMatchObject({
      "evaluate/USD_SGD": "because train (USD_SGD) failed",
      "sum/": "because train (EUR_USD) failed; train (USD_SGD) failed",
    });
    expect(await ledger.run("d", "r")).toMatchObject({ state: "failed", failed_tasks: 5, skipped_tasks: 0 });
    const [reason] = (await control.dependencies(keyOf("evaluate", "EUR_USD"))).dependencies;
    expect(reason?.reason).toContain("because train (EUR_USD) failed");
  });
});
