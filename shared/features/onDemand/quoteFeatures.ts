import { logReturn } from "../stats.ts";
import { asked, defineOnDemandFeature, type RequestField, stored } from "./onDemandFeature.ts";
import { defineOnDemandView } from "./onDemandView.ts";

const GOLD = "market_features";

const BID: RequestField = { name: "bid", unit: "price", above: 0, description: "Bid at which the pair could be sold at the moment." };
const ASK: RequestField = { name: "ask", unit: "price", above: 0, description: "Ask at which the pair could be bought at the moment." };

const UNCROSSED = "Null when the ask lies below the bid.";

function midOf(bid: number, ask: number): number {
  return ask >= bid ? (bid + ask) / 2 : Number.NaN;
}

const quote_return = defineOnDemandFeature({
  name: "quote_return",
  version: 1,
  unit: "log_return",
  description: "Log return of the quote's mid since the last closed bar.",
  formula: `ln((bid + ask) / 2 / mid). ${UNCROSSED}`,
  inputs: [asked(BID), asked(ASK), stored(GOLD, "mid")],
  compute: (bid, ask, mid) => logReturn(mid!, midOf(bid!, ask!)),
});

const quote_move_in_vols = defineOnDemandFeature({
  name: "quote_move_in_vols",
  version: 1,
  unit: "ratio",
  description: "The move since the last closed bar in standard deviations of an hour: beyond 2 or so, what the bar says is old.",
  formula: `quote_return / vol_20. Null when vol_20 is 0. ${UNCROSSED}`,
  inputs: [asked(BID), asked(ASK), stored(GOLD, "mid"), stored(GOLD, "vol_20")],
  compute: (bid, ask, mid, vol) => logReturn(mid!, midOf(bid!, ask!)) / vol!,
});

const quote_spread_pct = defineOnDemandFeature({
  name: "quote_spread_pct",
  version: 1,
  unit: "ratio",
  description: "Spread of the quote as a share of its mid: what a round trip would cost at the moment.",
  formula: `(ask - bid) / ((bid + ask) / 2). ${UNCROSSED}`,
  inputs: [asked(BID), asked(ASK)],
  compute: (bid, ask) => (ask! - bid!) / midOf(bid!, ask!),
});

const quote_spread_ratio = defineOnDemandFeature({
  name: "quote_spread_ratio",
  version: 1,
  unit: "ratio",
  description: "Spread of the quote over the mean closing spread of the last 20 bars: above 1, trading costs more than of late.",
  formula: `(ask - bid) / spread_ma_20. Null when that is 0. ${UNCROSSED}`,
  inputs: [asked(BID), asked(ASK), stored(GOLD, "spread_ma_20")],
  compute: (bid, ask, usual) => (ask! >= bid! ? (ask! - bid!) / usual! : Number.NaN),
});

/** What a quote of the moment says beside the last closed bar: the quote comes with the question. */
export const QUOTE_FEATURES = defineOnDemandView(
  "quote_features",
  [quote_return, quote_move_in_vols, quote_spread_pct, quote_spread_ratio],
  {
    description: "What a quote of the moment, which comes with the question, says beside the last closed bar.",
    owner: "market_feature_pipeline",
    tags: { family: "market", layer: "on_demand" },
  },
);
