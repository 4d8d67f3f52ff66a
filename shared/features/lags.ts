import { shifted } from "./columns/shifted.ts";
import { checksOfLag, defineFeature, type MarketFeature } from "./defineFeature.ts";

/** `<name>_lag_<bars>`. Lookback: that of the feature plus the lag. */
export function lagged(feature: MarketFeature, bars: number): MarketFeature {
  const { column } = feature;
  return defineFeature({
    name: `${feature.name}_lag_${bars}`,
    version: feature.version,
    unit: feature.unit,
    lookback_bars: feature.lookback_bars + bars,
    warm_up_bars: feature.warm_up_bars + bars,
    ...checksOfLag(feature),
    ...(feature.leg === null ? {} : { leg: feature.leg }),
    ...(feature.bars_of === undefined ? {} : { bars_of: feature.bars_of }),
    description: `${feature.name} of ${bars} trading bar${bars === 1 ? "" : "s"} earlier.`,
    formula: `${feature.name} of the row of ${bars} trading bar${bars === 1 ? "" : "s"} earlier, to the bit. ${feature.name} is: ${feature.formula ?? feature.description}`,
    compute: (w) => feature.compute(w.lag(bars)),
    ...(column === null ? {} : { column: (_series, shared) => shifted(shared.of(column), bars) }),
  });
}
