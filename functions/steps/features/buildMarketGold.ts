import type { PipelineStep } from "../ports.ts";
import { buildViews } from "./buildViews.ts";
import { goldViewOf } from "./goldViewOf.ts";

/** Rows of market_features: the silver features, the other instruments, the calendar and the lags, in one wide view. */
export const buildMarketGold: PipelineStep = (ports, context) =>
  buildViews(ports, context, [goldViewOf(ports.config)], ports.config.instruments);
