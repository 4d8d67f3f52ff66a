import type { FeatureView } from "../../../shared/features/featureView.ts";
import { marketFeatures } from "../../../shared/features/registry.ts";
import type { PipelineConfig } from "../ports.ts";

/** The gold view of this installation: its cross-instrument columns follow the configured instruments. */
export function goldViewOf(config: Pick<PipelineConfig, "instruments">): FeatureView {
  return marketFeatures(config.instruments);
}
