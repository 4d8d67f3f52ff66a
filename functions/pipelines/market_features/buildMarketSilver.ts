import { defineStep } from "../../../shared/dag/defineStep.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import type { Ports } from "../ports.ts";
import { buildBlock } from "./buildBlock.ts";
import { BLOCK_MS, buildCursorSchema, buildReportSchema } from "./buildCursor.ts";
import { buildViews } from "./buildViews.ts";

/** Rows of market_technical, market_microstructure and market_volatility: one instrument, from its own bars only. */
export const buildMarketSilver = defineStep({
  name: "build_market_silver",
  report: buildReportSchema,
  cursor: buildCursorSchema,
  run: (ports: Ports, context) => buildViews(ports, context, SILVER_VIEWS, []),
  block: { span_ms: BLOCK_MS, run: (ports, contexts) => buildBlock(ports, contexts, SILVER_VIEWS, []) },
});
