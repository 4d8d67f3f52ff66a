import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { mapKeysOfTraining } from "../../../shared/models/pool.ts";
import { requireTrainingConf } from "../../../shared/models/trainingProfile.ts";
import { assembleTrainingSet } from "./assembleTrainingSet.ts";
import { evaluateModel } from "./evaluateModel.ts";
import { logRun } from "./logRun.ts";
import { registerStaging } from "./registerStaging.ts";
import { trainModel } from "./trainModel.ts";
import { triggerValidation } from "./triggerValidation.ts";

export const modelTraining = defineDag({
  dag_id: "model_training",
  description: "Trains a model per instrument on point-in-time features, evaluates it and registers it in Staging",
  defined_in: "functions/pipelines/training/dag.ts",
  // Singapore keeps UTC+8 all year, so one UTC cron fires at each of its midnights.
  schedule: {
    cron: "0 0 * * *",
    time_zone: "Asia/Singapore",
    trigger_cron: "0 16 * * *",
    reason: "Midnight in Singapore: a new model a day, trained on everything known by then, ready before the Asian morning.",
  },
  requireConf: requireTrainingConf,
  mapKeysOf: mapKeysOfTraining,
  // 06:00 in Singapore: two hours are left before Tokyo opens and the first Asian traders ask.
  deadline: { reference: "interval_end", after_ms: 6 * HOUR },
  tasks: [
    task(assembleTrainingSet, { map_over: "instrument", pool: "wide" }),
    // A sidecar that is down is worth waiting for: the next training is a day away.
    task(trainModel, {
      map_over: "instrument",
      upstream: [assembleTrainingSet],
      retries: 6,
      retry_delay_ms: MINUTE,
      pool: "sidecar_training",
    }),
    task(evaluateModel, { map_over: "instrument", upstream: [trainModel] }),
    task(logRun, { map_over: "instrument", upstream: [evaluateModel] }),
    task(registerStaging, { map_over: "instrument", upstream: [logRun] }),
    // all_done: an instrument that failed must not keep the others from being validated.
    task(triggerValidation, { upstream: [registerStaging], trigger_rule: "all_done" }),
  ],
});
