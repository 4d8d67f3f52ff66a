import { counted } from "../domain/counted.ts";
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
    description: `${feature.name} of ${counted(bars, "trading bar")} earlier.`,
    formula: `${feature.name} of the row of ${counted(bars, "trading bar")} earlier, to the bit. ${feature.name} is: ${feature.formula ?? feature.description}`,
    compute: (w) => feature.compute(w.lag(bars)),
    ...(column === null ? {} : { column: (_series, shared) => shifted(shared.of(column), bars) }),
  });
}
