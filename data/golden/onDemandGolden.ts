import { DEFAULT_INSTRUMENTS } from "../../shared/domain/instrument.ts";
import type { MarketWindow } from "../../shared/features/marketWindow.ts";
import { computeOnDemand, type OnDemandInput } from "../../shared/features/onDemand/onDemandFeature.ts";
import { ON_DEMAND_VIEWS } from "../../shared/features/onDemand/onDemandViews.ts";
import { marketFeatures } from "../../shared/features/registry.ts";
import { featureKey } from "../../shared/features/viewSchema.ts";
import type { FeatureGolden } from "./featureGolden.ts";
import { goldenWindows, nameOfWindow } from "./marketGolden.ts";

const GOLD = marketFeatures(DEFAULT_INSTRUMENTS);

/** What every feature on demand gives on the fixed bars of the market's, with a quote a little above the last close. */
export function computeOnDemandGolden(): FeatureGolden {
  const windows = goldenWindows();
  const values = ON_DEMAND_VIEWS.flatMap((view) => view.features).map((feature) => {
    const of_rows = windows.map((window) => computeOnDemand(feature, (input) => inputOf(window, input)));
    return [featureKey(feature), of_rows.map((value) => (Number.isNaN(value) ? null : value))] as const;
  });
  return { rows: windows.map(nameOfWindow), values: Object.fromEntries(values) };
}

/** A stored input is computed of the bars that its row is made of. */
function inputOf(window: MarketWindow, input: OnDemandInput): number {
  if (input.kind === "request") return window.mid_c.at(-1)! * (input.field.name === "bid" ? 1.0003 : 1.0005);
  const feature = GOLD.features.find(({ name }) => name === input.feature)!;
  return feature.compute(window.lag(input.rows_back)) ?? Number.NaN;
}
