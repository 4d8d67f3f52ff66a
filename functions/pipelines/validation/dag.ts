import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { checkLeaks } from "./checkLeaks.ts";
import { loadStaging } from "./loadStaging.ts";
import { promoteModel } from "./promoteModel.ts";
import { runBacktest } from "./runBacktest.ts";
import { validateModel } from "./validateModel.ts";

export const modelValidation = defineDag({
  dag_id: "model_validation",
  description: "Checks the models in Staging (leaks, parity, skill) and promotes those that pass, per instrument",
  schedule: null,
  tasks: [
    task(loadStaging, { map_over: "instrument" }),
    task(checkLeaks, { map_over: "instrument", upstream: [loadStaging], pool: "wide" }),
    task(runBacktest, { map_over: "instrument", upstream: [loadStaging], pool: "wide" }),
    task(validateModel, { map_over: "instrument", upstream: [loadStaging, checkLeaks, runBacktest] }),
    task(promoteModel, { map_over: "instrument", upstream: [validateModel] }),
  ],
});
