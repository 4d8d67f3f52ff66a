import { defineStep } from "../../../shared/dag/defineStep.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import type { Ports } from "../ports.ts";
import { buildCursorSchema, buildReportSchema, buildViews } from "./buildViews.ts";

/** Rows of market_technical, market_microstructure and market_volatility: one instrument, from its own bars only. */
export const buildMarketSilver = defineStep({
  name: "build_market_silver",
  report: buildReportSchema,
  cursor: buildCursorSchema,
  run: (ports: Ports, context) => buildViews(ports, context, SILVER_VIEWS, []),
});
