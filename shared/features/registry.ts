import { HOUR } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import { adx_14 } from "./adx.ts";
import { amihud_20 } from "./amihud.ts";
import { atr_14_pct } from "./atr.ts";
import { bollinger_pct_b_20 } from "./bollinger.ts";
import { bars_to_weekend, day_of_week_cos, day_of_week_sin, gap_hours, hour_cos, hour_sin } from "./calendar.ts";
import { vol_5, vol_20, vol_60, vol_of_vol_20 } from "./closeToCloseVol.ts";
import type { MarketFeature } from "./defineFeature.ts";
import { vol_deseasonalised } from "./deseasonalisedVol.ts";
import { ewma_long, ewma_short, ewma_signal } from "./ewma.ts";
import { defineView, type FeatureView } from "./featureView.ts";
import { garman_klass_vol_20 } from "./garmanKlass.ts";
import { lagged } from "./lags.ts";
import { legCorrelation } from "./legCorrelation.ts";
import { legReturnFeature } from "./legReturns.ts";
import { macd_hist } from "./macd.ts";
import { parkinson_vol_20, range_vol_5 } from "./rangeVol.ts";
import { mid, momentum_20, ret_1, ret_5, ret_10 } from "./returns.ts";
import { rogers_satchell_vol_20 } from "./rogersSatchell.ts";
import { rsi_14 } from "./rsi.ts";
import { asian_session, london_new_york_overlap, london_session, new_york_session, rollover_hour } from "./sessions.ts";
import { range_to_spread, spread, spread_ma_20, spread_pct, spread_zscore_20 } from "./spread.ts";
import { relativePerformance, usdBasketLegs, usdBasketReturn } from "./usdBasket.ts";
import type { ViewAbout } from "./viewSchema.ts";
import { high_vol_regime, low_vol_regime, vol_percentile_100 } from "./volPercentile.ts";
import { volume, volume_ma_20, volume_ratio_20, volume_zscore_20 } from "./volume.ts";
import { yang_zhang_vol_20 } from "./yangZhang.ts";
import { roll_mean_20, zscore_20 } from "./zscore.ts";

/** Two bars of market hours: one hour's run may be late, two may not. From features.md. */
const TTL_MS = 2 * HOUR;

/** The instrument that corr_50 is taken against: the most traded pair, which moves the dollar. */
const CORRELATION_LEG: Instrument = "EUR_USD";

function aboutMarket(layer: "silver" | "gold", description: string): ViewAbout {
  return { description, owner: "market_feature_pipeline", tags: { family: "market", layer } };
}

export const MARKET_TECHNICAL: FeatureView = defineView(
  "market_technical",
  TTL_MS,
  [
    mid,
    ret_1,
    ret_5,
    ret_10,
    momentum_20,
    roll_mean_20,
    zscore_20,
    ewma_short,
    ewma_long,
    ewma_signal,
    rsi_14,
    macd_hist,
    bollinger_pct_b_20,
    atr_14_pct,
    adx_14,
  ],
  aboutMarket("silver", "Returns, momentum, moving averages and oscillators of the mid price."),
);

export const MARKET_MICROSTRUCTURE: FeatureView = defineView(
  "market_microstructure",
  TTL_MS,
  [spread, spread_pct, spread_ma_20, spread_zscore_20, volume, volume_ma_20, volume_ratio_20, volume_zscore_20, range_to_spread, amihud_20],
  aboutMarket("silver", "Spread, tick counts and illiquidity: what a trade costs, and how busy the market is."),
);

const MARKET_VOLATILITY: FeatureView = defineView(
  "market_volatility",
  TTL_MS,
  [
    vol_5,
    vol_20,
    vol_60,
    parkinson_vol_20,
    garman_klass_vol_20,
    rogers_satchell_vol_20,
    yang_zhang_vol_20,
    range_vol_5,
    vol_of_vol_20,
    vol_percentile_100,
    high_vol_regime,
    low_vol_regime,
    vol_deseasonalised,
  ],
  aboutMarket("silver", "Volatility by its usual estimators, its regime and its place in the hour of the week."),
);

export const SILVER_VIEWS: readonly FeatureView[] = [MARKET_TECHNICAL, MARKET_MICROSTRUCTURE, MARKET_VOLATILITY];

const CALENDAR: readonly MarketFeature[] = [
  hour_sin,
  hour_cos,
  day_of_week_sin,
  day_of_week_cos,
  asian_session,
  london_session,
  new_york_session,
  london_new_york_overlap,
  rollover_hour,
  bars_to_weekend,
  gap_hours,
];

const LAGS: readonly MarketFeature[] = [
  ...[1, 2, 3, 5, 10].map((bars) => lagged(ret_1, bars)),
  lagged(vol_20, 1),
  lagged(spread_pct, 1),
  lagged(zscore_20, 1),
];

/**
 * The gold view over the configured instruments. Every instrument has its leg columns, so that one schema serves all
 * rows; they are null in its own. The order of `legs` does not matter.
 */
export function marketFeatures(legs: readonly Instrument[]): FeatureView {
  const ordered = [...new Set(legs)].sort();
  return defineView(
    "market_features",
    TTL_MS,
    [
      ...SILVER_VIEWS.flatMap((view) => view.features),
      ...ordered.map(legReturnFeature).flatMap((leg) => [leg, lagged(leg, 1)]),
      usdBasketReturn(ordered),
      usdBasketLegs(ordered),
      relativePerformance(ordered),
      ...(ordered.includes(CORRELATION_LEG) ? [legCorrelation(CORRELATION_LEG)] : []),
      ...CALENDAR,
      ...LAGS,
    ],
    aboutMarket(
      "gold",
      "All that a model may read of the market: silver, the other pairs, the calendar and lags. A row a bar, at its end.",
    ),
  );
}
