import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";
import { requireSweepConf } from "../../../shared/models/sweepConf.ts";
import { assembleSelectionSet } from "./assembleSelectionSet.ts";
import { runTrials } from "./runTrials.ts";
import { trainBest } from "./trainBest.ts";

export const modelSweep = defineDag({
  dag_id: "model_sweep",
  description: "Tries parameters on an earlier part of the history and trains the best, which is judged by the later part",
  defined_in: "functions/pipelines/sweep/dag.ts",
  schedule: null,
  requireConf: requireSweepConf,
  tasks: [
    task(assembleSelectionSet, { map_over: "instrument", pool: "wide" }),
    task(runTrials, {
      map_over: "instrument",
      upstream: [assembleSelectionSet],
      retries: 6,
      retry_delay_ms: MINUTE,
      pool: "sidecar_training",
    }),
    task(trainBest, { map_over: "instrument", upstream: [runTrials] }),
  ],
});
