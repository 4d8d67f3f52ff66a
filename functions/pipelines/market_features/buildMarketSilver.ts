import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import type { PipelineStep } from "../ports.ts";
import { buildViews } from "./buildViews.ts";

/** Rows of market_technical, market_microstructure and market_volatility: one instrument, from its own bars only. */
export const buildMarketSilver: PipelineStep = (ports, context) => buildViews(ports, context, SILVER_VIEWS, []);
