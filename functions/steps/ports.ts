import type { Instrument } from "../../shared/domain/instrument.ts";
import type { BarStore, MarketOrigin } from "../../shared/ports/barStore.ts";
import type { CandleSource } from "../../shared/ports/candleSource.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";
import type { OnlineStore } from "../../shared/ports/onlineStore.ts";
import type { Step } from "../../shared/ports/step.ts";
import type { Tracking } from "../../shared/ports/tracking.ts";
import type { Trainer } from "../../shared/ports/trainer.ts";
import type { TriggerRun } from "../../shared/ports/triggerRun.ts";

/** What the pipelines are told by their environment. */
export interface PipelineConfig {
  /** Where candles come from; "import" means that nothing is collected live. */
  readonly market_origin: MarketOrigin;
  /** Instruments that are collected, and the legs of the cross-instrument features. */
  readonly instruments: readonly Instrument[];
  /** Out-of-fold accuracy above which a model is taken for a leak (see promotionChecks). */
  readonly max_plausible_accuracy: number;
  /** Asked of the sidecar, which fails rather than train elsewhere. */
  readonly training_device: "cpu" | "cuda";
}

/** Everything that a step may touch. */
export interface Ports {
  readonly config: PipelineConfig;
  /** For ingested_at only. Data never depends on it. */
  readonly clock: Clock;
  readonly candles: CandleSource;
  readonly lake: ObjectStore;
  readonly bars: BarStore;
  readonly features: FeatureStore;
  readonly online: OnlineStore;
  readonly tracking: Tracking;
  readonly trainer: Trainer;
  readonly trigger: TriggerRun;
}

export type PipelineStep = Step<Ports>;
