import { defineDag, defineTask } from "../../../shared/domain/dag.ts";
import { MINUTE, SECOND } from "../../../shared/domain/instant.ts";

/**
 * Gold of an instrument uses the bars of the others as legs, and not their silver rows: so each instrument's chain depends on itself
 * alone, and one that fails or waits holds up no other.
 */
export const marketFeaturePipeline = defineDag({
  dag_id: "market_feature_pipeline",
  description: "Builds silver and gold market features of new bars and materializes the newest rows, per instrument",
  schedule: { cron: "1 * * * *", time_zone: "UTC", trigger_cron: "1 * * * *" },
  // A run that waits for a bar must not hold up one over the past: a bootstrap, or one that a person triggers.
  max_active_runs: 3,
  // Half an hour, after the sensor's own patience: features are stale after two market hours, which leaves time to act.
  deadline: { reference: "interval_end", after_ms: 30 * MINUTE },
  tasks: [
    // The bar of the last hour comes with the collection on the hour, or with one of the two after it when the source was away. It is
    // given up before the deadline: about one hour in a hundred has no trade, and a late bar is built by the next run.
    defineTask({
      task_id: "wait_for_bars",
      map_over: "instrument",
      sensor: { poke_interval_ms: 30 * SECOND, timeout_ms: 25 * MINUTE, soft_fail: true },
    }),
    defineTask({ task_id: "build_market_silver", map_over: "instrument", upstream: ["wait_for_bars"] }),
    defineTask({ task_id: "build_market_gold", map_over: "instrument", upstream: ["build_market_silver"] }),
    defineTask({ task_id: "materialize_market", map_over: "instrument", upstream: ["build_market_gold"] }),
  ],
});
