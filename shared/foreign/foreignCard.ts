import { NO_CALIBRATOR } from "../calibration/calibrator.ts";
import type { Instant } from "../domain/instant.ts";
import type { FeatureService } from "../models/featureServiceOf.ts";
import type { ModelCard } from "../models/modelCard.ts";

export interface ForeignModel {
  readonly name: string;
  readonly instrument: string;
  readonly horizon_bars: number;
  readonly run_id: string;
  readonly logged_at: Instant;
  readonly service: FeatureService;
  readonly format: ModelCard["format"];
  readonly library_version: string;
  /** What the record said of it (judgeForeign). */
  readonly found: string;
}

/** The card of a model that was trained elsewhere: it claims nothing, since nothing of its training was seen here. */
export function foreignCard({ service, found, logged_at, ...model }: ForeignModel): ModelCard {
  return {
    ...model,
    views: [...service.views],
    feature_names: service.features.map(({ name }) => name),
    feature_set_hash: service.feature_set_hash,
    dataset: "",
    trained_until: logged_at,
    seeds: [],
    calibration: NO_CALIBRATOR,
    return_interval: null,
    origin: "elsewhere",
    skill: "none",
    skill_reason: `It was trained elsewhere: its training was not seen here, and no figure of it is known. ${found}`,
    judged_rows: 0,
    accuracy: null,
    baseline: null,
    net_bp: null,
  };
}
