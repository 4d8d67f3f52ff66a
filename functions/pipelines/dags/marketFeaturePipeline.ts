import { defineDag, defineTask } from "../../../shared/domain/dag.ts";

/**
 * Gold of an instrument uses the bars of the others as legs, and not their silver rows: so each instrument's chain depends on itself
 * alone, and one that fails holds up no other.
 */
export const marketFeaturePipeline = defineDag({
  dag_id: "market_feature_pipeline",
  description: "Builds silver and gold market features of new bars and materializes the newest rows, per instrument",
  schedule: { cron: "1 * * * *", time_zone: "UTC", trigger_cron: "1 * * * *" },
  tasks: [
    defineTask({ task_id: "build_market_silver", map_over: "instrument" }),
    defineTask({ task_id: "build_market_gold", map_over: "instrument", upstream: ["build_market_silver"] }),
    defineTask({ task_id: "materialize_market", map_over: "instrument", upstream: ["build_market_gold"] }),
  ],
});
