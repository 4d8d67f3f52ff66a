import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { AppError } from "../../../shared/errors.ts";
import type { FeatureView } from "../../../shared/features/featureView.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import type { ModelCard } from "../../../shared/models/modelCard.ts";
import type { ModelVersion } from "../../../shared/ports/tracking.ts";
import { goldViewOf, retiredGoldViewsOf } from "../common/goldViewOf.ts";
import { productionVersion, readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { buildBlock } from "./buildBlock.ts";
import { BLOCK_MS, buildCursorSchema, buildReportSchema } from "./buildCursor.ts";
import { buildViews } from "./buildViews.ts";

/**
 * Rows of market_features: the silver features, the other instruments, the calendar and the lags, in one wide view. Of an earlier schema
 * too, while the instrument's model in Production reads that: an upgrade does not leave it without rows.
 */
export const buildMarketGold = defineStep({
  name: "build_market_gold",
  report: buildReportSchema,
  cursor: buildCursorSchema,
  run: async (ports: Ports, context) => {
    const built = await builtRetired(ports, context);
    return buildViews(ports, context, [goldViewOf(ports.config), ...(await inService(ports, context, built))], ports.config.instruments);
  },
  block: {
    span_ms: BLOCK_MS,
    // Which of the earlier schemas are wanted may change from one hour to the next.
    run: async (ports, contexts) =>
      (await builtRetired(ports, contexts[0]!)).length > 0
        ? null
        : buildBlock(ports, contexts, [goldViewOf(ports.config)], ports.config.instruments),
  },
});

/** Earlier schemas that this store has rows of. One that never built any has no model of it either, and is not asked for its card every hour. */
async function builtRetired(ports: Ports, { map_key }: StepContext): Promise<readonly FeatureView[]> {
  const retired = retiredGoldViewsOf(ports.config);
  const progress = await ports.features.progressOf(map_key, retired.map(referenceOf));
  return retired.filter((_view, index) => progress[index]!.built_until !== null);
}

async function inService(
  ports: Ports,
  { map_key, window, log }: StepContext,
  built: readonly FeatureView[],
): Promise<readonly FeatureView[]> {
  const version = built.length > 0 ? await productionVersion(ports, map_key, window.end) : null;
  const views = version ? await viewsOf(ports, version, log) : [];
  return built.filter((view) => views.some(({ schema_hash }) => schema_hash === view.schema_hash));
}

/** A model that cannot be read is none that could be served: /health tells of it, and the present features are built all the same. */
async function viewsOf(ports: Ports, version: ModelVersion, log: StepContext["log"]): Promise<ModelCard["views"]> {
  try {
    return (await readModelCard(ports, version)).views;
  } catch (error) {
    if (!(error instanceof AppError && error.code === "invalid_model")) throw error;
    log(`No rows of an earlier schema are built: ${error.message}`);
    return [];
  }
}
