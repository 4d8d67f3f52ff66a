import { defineDag, defineTask } from "../../../shared/dag/dag.ts";

/** Many tasks that do nothing: what is left is the engine. */
export const DRAIN = defineDag({
  dag_id: "drain",
  description: "",
  schedule: null,
  tasks: [defineTask({ task_id: "work", map_over: "instrument" })],
});

/** One slice that takes as long as a batch of articles on a sidecar without a GPU. */
export const SLOW = defineDag({ dag_id: "slow", description: "", schedule: null, tasks: [defineTask({ task_id: "wait" })] });

export const START = defineDag({ dag_id: "start", description: "", schedule: null, tasks: [defineTask({ task_id: "work" })] });
