import { defineDag, defineTask } from "../../../shared/domain/dag.ts";

export const modelValidation = defineDag({
  dag_id: "model_validation",
  description: "Checks the models in Staging (leaks, parity, skill) and promotes those that pass, per instrument",
  schedule: null,
  tasks: [
    defineTask({ task_id: "load_staging", mapped: true }),
    defineTask({ task_id: "validate_model", mapped: true, upstream: ["load_staging"] }),
    defineTask({ task_id: "promote_model", mapped: true, upstream: ["validate_model"] }),
  ],
});
