import { vol_20 } from "../closeToCloseVol.ts";
import { ret_1 } from "../returns.ts";
import { spread_pct } from "../spread.ts";
import { onDemandLag } from "./onDemandLag.ts";
import { defineOnDemandView } from "./onDemandView.ts";

const GOLD = "market_features";
/** Of a pair that trades around the clock: the same hour of the trading day before, and of the week before. */
const DAY_BARS = 24;
const WEEK_BARS = 120;

/** Lags that gold does not store. Those of a few bars are stored, as models read them at every prediction. */
export const MARKET_LAGS = defineOnDemandView(
  "market_lags",
  [DAY_BARS, WEEK_BARS].flatMap((rows) => [ret_1, vol_20, spread_pct].map((feature) => onDemandLag(GOLD, feature, rows))),
  {
    description: "Features of the market a trading day and a week before, taken from the stored rows when they are asked for.",
    owner: "market_feature_pipeline",
    tags: { family: "market", layer: "on_demand" },
  },
);
