import { describe, expect, it } from "vitest";
import { bootstrapProgress } from "../../../functions/serving/bootstrapProgress.ts";
import { noModel } from "../../../functions/serving/noModel.ts";
import { BOOTSTRAP_PREFIX } from "../../../shared/domain/bootstrapRun.ts";
import type { LedgerRun, LedgerTask } from "../../../shared/ports/ledgerRecords.ts";

const RUN_ID = `${BOOTSTRAP_PREFIX}2026-07-15T12:00:00Z`;

/** A ledger of these runs by DAG, with the states of their tasks. */
function ledgerOf(runs: Readonly<Record<string, { run_id?: string; state: LedgerRun["state"]; tasks?: readonly LedgerTask["state"][] }>>) {
  const runOf = (dag_id: string) => {
    const found = runs[dag_id];
    return found ? ({ dag_id, run_id: found.run_id ?? RUN_ID, state: found.state } as LedgerRun) : null;
  };
  return {
    runs: async (dag_id: string) => ({ runs: [runOf(dag_id)].flatMap((run) => run ?? []), total_entries: 1 }),
    run: async (dag_id: string, run_id: string) => {
      const run = runOf(dag_id);
      return run?.run_id === run_id ? run : null;
    },
    taskInstances: async (dag_id: string) => (runs[dag_id]?.tasks ?? []).map((state) => ({ state }) as LedgerTask),
  };
}

describe("how far the bootstrap is", () => {
  it("is the step that was begun last, with its tasks done of all", async () => {
    const ledger = ledgerOf({
      data_collection: { state: "success" },
      market_feature_pipeline: { state: "success" },
      news_feature_pipeline: { state: "failed" },
      model_training: { state: "running", tasks: ["success", "skipped", "running", null] },
    });
    expect(await bootstrapProgress(ledger)).toEqual({
      step: 4,
      steps: 5,
      dag_id: "model_training",
      run_id: RUN_ID,
      state: "running",
      tasks_done: 2,
      tasks_total: 4,
    });
  });

  it("knows the validation by the run that the training triggered, until it is over", async () => {
    const at = (state: LedgerRun["state"]) =>
      bootstrapProgress(
        ledgerOf({
          data_collection: { state: "success" },
          model_validation: { run_id: `triggered__${RUN_ID}`, state, tasks: ["success", null] },
        }),
      );
    expect(await at("running")).toMatchObject({ step: 5, dag_id: "model_validation", tasks_done: 1, tasks_total: 2 });
    expect(await at("success")).toBeNull();
    expect(await at("failed")).toBeNull();
  });

  it.each([
    ["no run at all", {}],
    ["runs of the schedule alone", { data_collection: { run_id: "scheduled__2026-07-15T12:00:00Z", state: "running" } as const }],
  ])("is nothing with %s", async (_name, runs) => {
    expect(await bootstrapProgress(ledgerOf(runs))).toBeNull();
  });
});

describe("no_production_model", () => {
  it("says how far the bootstrap is, and not to train one", () => {
    const progress = {
      step: 4,
      steps: 5,
      dag_id: "model_training",
      run_id: RUN_ID,
      state: "running",
      tasks_done: 3,
      tasks_total: 21,
    } as const;
    const error = noModel({ instrument: "USD_SGD", horizon_bars: 1 }, null, progress);
    expect(error).toMatchObject({ status: 503, retryable: true, details: { instrument: "USD_SGD", bootstrap: progress } });
    expect(error.message).toContain("step 4 of 5, model_training (running, 3 of 21 tasks done)");
    expect(error.message).not.toContain("Train one");
  });

  it("says how to get one where none is on its way", () => {
    expect(noModel({ instrument: "USD_SGD", horizon_bars: 1 }, null, null).message).toContain("Train one");
    const past = noModel({ instrument: "USD_SGD", horizon_bars: 1 }, Date.UTC(2025, 0, 10, 12), null).message;
    expect(past).toContain("at 2025-01-10T12:00:00Z");
    expect(past).toContain("over a span before it");
    // Tonight's training makes no model of the past.
    expect(past).not.toContain("model_training");
  });
});
