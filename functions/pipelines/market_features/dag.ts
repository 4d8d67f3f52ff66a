import { defineDag, task } from "../../../shared/dag/defineDag.ts";
import { MINUTE, SECOND } from "../../../shared/domain/instant.ts";
import { buildMarketGold } from "./buildMarketGold.ts";
import { buildMarketSilver } from "./buildMarketSilver.ts";
import { materializeMarket } from "./materializeMarket.ts";
import { predictBar } from "./predictBar.ts";
import { waitForBars } from "./waitForBars.ts";

/**
 * Gold of an instrument uses the bars of the others as legs, and not their silver rows: so each instrument's chain depends on itself
 * alone, and one that fails or waits holds up no other.
 */
export const marketFeaturePipeline = defineDag({
  dag_id: "market_feature_pipeline",
  description:
    "Collects the bar that has just closed, builds silver and gold market features, materializes the newest rows and predicts the next bar, per instrument",
  defined_in: "functions/pipelines/market_features/dag.ts",
  schedule: {
    cron: "0 * * * *",
    reason: "Hourly bars close on the hour: the pipeline asks for them itself from then on, and serves what they say within seconds.",
  },
  // A run that waits for a bar must not hold up one over the past: a bootstrap, or one that a person triggers.
  max_active_runs: 3,
  // After the sensor's own patience. That a served row is missing is told of before: by the readings of freshness.
  deadline: { reference: "interval_end", after_ms: 30 * MINUTE },
  tasks: [
    // The source has a bar complete some seconds after its close. It is given up before the deadline: about one hour in a hundred has no
    // trade, data_collection goes on asking, and a late bar is built by the next run.
    task(waitForBars, {
      map_over: "instrument",
      pool: "oanda",
      sensor: { poke_interval_ms: 30 * SECOND, timeout_ms: 25 * MINUTE, soft_fail: true },
    }),
    task(buildMarketSilver, { map_over: "instrument", upstream: [waitForBars], pool: "wide" }),
    task(buildMarketGold, { map_over: "instrument", upstream: [buildMarketSilver], pool: "wide" }),
    task(materializeMarket, { map_over: "instrument", upstream: [buildMarketGold] }),
    task(predictBar, { map_over: "instrument", upstream: [materializeMarket] }),
  ],
});
