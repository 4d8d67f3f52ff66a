import { defineDag, defineTask } from "../../../shared/domain/dag.ts";

/** Many tasks that do nothing: what is left is the engine. */
export const DRAIN = defineDag({
  dag_id: "drain",
  description: "",
  schedule: null,
  tasks: [defineTask({ task_id: "work", map_over: "instrument" })],
});

export const START = defineDag({ dag_id: "start", description: "", schedule: null, tasks: [defineTask({ task_id: "work" })] });
