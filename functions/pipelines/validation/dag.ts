import { defineDag, defineTask } from "../../../shared/dag/dag.ts";

export const modelValidation = defineDag({
  dag_id: "model_validation",
  description: "Checks the models in Staging (leaks, parity, skill) and promotes those that pass, per instrument",
  schedule: null,
  tasks: [
    defineTask({ task_id: "load_staging", map_over: "instrument" }),
    defineTask({ task_id: "check_leaks", map_over: "instrument", upstream: ["load_staging"] }),
    defineTask({ task_id: "validate_model", map_over: "instrument", upstream: ["load_staging", "check_leaks"] }),
    defineTask({ task_id: "promote_model", map_over: "instrument", upstream: ["validate_model"] }),
  ],
});
