import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";
import { reproduceRun } from "./reproduceRun.ts";
import { requireReproductionConf } from "./reproductionConf.ts";

export const modelReproduction = defineDag({
  dag_id: "model_reproduction",
  description: "Trains a run again from its record and says whether the same bytes come of it",
  defined_in: "functions/pipelines/reproduction/dag.ts",
  schedule: null,
  requireConf: requireReproductionConf,
  tasks: [task(reproduceRun, { retries: 2, retry_delay_ms: MINUTE, pool: "sidecar_training" })],
});
