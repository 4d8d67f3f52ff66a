import type { Instrument } from "../domain/instrument.ts";
import { hourOfDay, isWeekday, wallTime } from "../domain/timeZone.ts";
import { eachBar } from "./columns/eachBar.ts";
import { newYorkClock } from "./columns/wallClock.ts";
import type { MarketFeature } from "./defineFeature.ts";
import { defineView, type FeatureView } from "./featureView.ts";
import { marketFeatures } from "./registry.ts";
import { dollarPairsOf } from "./usdBasket.ts";

/**
 * Earlier schemas of market_features, newest first. A model is served by rows of the schema that it was trained on, so these are built on
 * for as long as a model in Production reads them: until the next training has put one of the present schema there. Whoever changes a formula's
 * version adds the view from before; one may go when no store has a model of it in Production.
 */
export function retiredMarketFeatures(legs: readonly Instrument[]): readonly FeatureView[] {
  return [untilNovember2026(legs)];
}

/**
 * The dollar basket was null unless every dollar pair had a return, and nothing said over how many it was taken; rollover_hour was the hour
 * from 17:00 New York alone.
 */
function untilNovember2026(legs: readonly Instrument[]): FeatureView {
  const present = marketFeatures(legs);
  const pairs = dollarPairsOf([...new Set(legs)]);
  const othersOf = (instrument: Instrument) => pairs.filter((pair) => pair !== instrument).length;
  const count = present.features.find(({ name }) => name === "usd_basket_legs")!;
  const ofCompleteBasket = (feature: MarketFeature): MarketFeature => ({
    ...feature,
    version: 1,
    formula: `${feature.formula ?? feature.description} Null, too, unless every dollar pair has a return.`,
    compute: (w) => (count.compute(w) === othersOf(w.instrument) ? feature.compute(w) : null),
    column: ({ length }, shared) => {
      const [counts, values] = [shared.of(count.column!), shared.of(feature.column!)];
      return eachBar(length, (t) => (counts[t] === othersOf(shared.instrument) ? values[t]! : Number.NaN));
    },
  });
  const earlier: Readonly<Record<string, (feature: MarketFeature) => MarketFeature>> = {
    usd_basket_ret_1: ofCompleteBasket,
    relative_performance: ofCompleteBasket,
    rollover_hour: (feature) => ({
      ...feature,
      version: 1,
      description: "1 where the bar closes from 17:00 to 18:00 New York, Monday to Friday.",
      compute: (w) => Number(isHourOfRoll(wallTime("America/New_York", w.event_time))),
      column: (_series, shared) => shared.of(newYorkClock).map((wall) => Number(isHourOfRoll(wall))),
    }),
  };
  const features = present.features.filter((feature) => feature !== count).map((feature) => earlier[feature.name]?.(feature) ?? feature);
  return defineView(present.name, present.ttl_ms, features, present.about);
}

function isHourOfRoll(wall: number): boolean {
  return hourOfDay(wall) === 17 && isWeekday(wall);
}
