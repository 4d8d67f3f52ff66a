import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { Ports } from "../ports.ts";
import { runTrials } from "./runTrials.ts";

/**
 * Trains a model by the parameters that were chosen, over the whole history, as any other is: registered, checked, promoted where it passes.
 * It is judged by what came after the trials' last moment, of which nothing had a part in the choice: its figures need no correction for
 * having been chosen. The backtest's deflated Sharpe ratio counts the trials all the same.
 */
export const trainBest = defineStep({
  name: "train_best",
  reads: { runTrials },
  report: z.strictObject({ triggered: z.strictObject({ dag_id: z.string(), run_id: z.string() }), written: z.int() }),
  run: async (ports: Ports, { reads, conf, run_id, window, map_key }) => {
    const { parent_run_id, trials, params, tested_from } = reads.runTrials;
    const { run } = await ports.trigger.triggerRun({
      dag_id: "model_training",
      run_id: `sweep__${run_id}__${map_key}`,
      run_type: "manual",
      window,
      conf: { ...conf, params: { ...(conf["params"] as object | undefined), ...params }, sweep: { parent_run_id, trials, tested_from } },
      map_keys: { instrument: [map_key] },
      triggered_by: "operator",
    });
    return { kind: "success", report: { triggered: { dag_id: run.dag_id, run_id: run.run_id }, written: 1 } };
  },
});
