import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";
import { mapKeysOfValidation } from "../../../shared/models/pool.ts";
import { calibrationCheck } from "./calibrationCheck.ts";
import { featureImportanceCheck } from "./featureImportanceCheck.ts";
import { leakCheck } from "./leakCheck.ts";
import { loadStaging } from "./loadStaging.ts";
import { notify } from "./notify.ts";
import { parityCheck } from "./parityCheck.ts";
import { promoteToProduction } from "./promoteToProduction.ts";
import { runBacktest } from "./runBacktest.ts";

/** They look at a staged version side by side: what one finds keeps none of the others from saying what it finds. */
const CHECKS = [runBacktest, calibrationCheck, featureImportanceCheck, leakCheck, parityCheck];

/** A pool of its own for tasks that hold a training set. */
const HOLDS_SET = { map_over: "instrument", upstream: [loadStaging], pool: "wide" } as const;

export const modelValidation = defineDag({
  dag_id: "model_validation",
  description:
    "Checks the models in Staging (backtest, calibration, importances, leaks, parity) and promotes those that pass, per instrument",
  defined_in: "functions/pipelines/validation/dag.ts",
  schedule: null,
  mapKeysOf: mapKeysOfValidation,
  tasks: [
    task(loadStaging, { map_over: "instrument" }),
    task(runBacktest, HOLDS_SET),
    task(calibrationCheck, HOLDS_SET),
    task(featureImportanceCheck, HOLDS_SET),
    task(leakCheck, HOLDS_SET),
    // A sidecar that is down is worth waiting for, as in training.
    task(parityCheck, { ...HOLDS_SET, retries: 6, retry_delay_ms: MINUTE }),
    task(promoteToProduction, { map_over: "instrument", upstream: CHECKS }),
    task(notify, { upstream: [loadStaging, promoteToProduction], trigger_rule: "all_done" }),
  ],
});
