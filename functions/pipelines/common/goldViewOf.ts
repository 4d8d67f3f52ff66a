import type { FeatureView } from "../../../shared/features/featureView.ts";
import { marketFeatures } from "../../../shared/features/registry.ts";
import { retiredMarketFeatures } from "../../../shared/features/retiredViews.ts";
import type { PipelineConfig } from "../ports.ts";

/** The gold view of this installation: its cross-instrument columns follow the configured instruments. */
export function goldViewOf(config: Pick<PipelineConfig, "instruments">): FeatureView {
  return marketFeatures(config.instruments);
}

/** Earlier schemas of it, which models in Production may still read. */
export function retiredGoldViewsOf(config: Pick<PipelineConfig, "instruments">): readonly FeatureView[] {
  return retiredMarketFeatures(config.instruments);
}
