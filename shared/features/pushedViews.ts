import { HOUR } from "../domain/instant.ts";
import type { FeatureRange } from "./checks/featureRange.ts";
import { featureListHash, type ViewFeature, type ViewSchema } from "./viewSchema.ts";

/**
 * A view whose rows nothing here computes: whoever has them sends them, with the time of the event. No model is trained on one (it is in no
 * family), so that nothing which cannot be computed again stands behind a prediction.
 */
export interface PushedView extends ViewSchema {
  /** By what name Feast's clients send rows of it. */
  readonly push_source: string;
}

/** The source of every view that is pushed. */
const PUSHES = "pushes";

/**
 * What of the market a stream of quotes with their depth would tell, and candles do not: for an installation that has such a stream
 * elsewhere. A further view that is to be pushed is a line here.
 */
export const PUSHED_VIEWS: readonly PushedView[] = [
  definePushedView("market_liquidity", HOUR, "Depth of the book, from a stream of quotes that is read elsewhere and pushed here.", [
    pushed("liquidity_imbalance", "ratio", "(B - A) / (B + A) of the amounts bid for (B) and offered (A) at the best price, in [-1, 1].", {
      min: -1,
      max: 1,
    }),
    pushed("quoted_depth", "base_units", "min(B, A), in units of the base currency."),
    pushed("liquidity_shock", "ratio", "ln(quoted_depth / its mean over the last 20 snapshots): below 0 where the book has thinned out."),
  ]),
];

export function isPushed({ source }: Pick<ViewSchema, "source">): boolean {
  return source === PUSHES;
}

function definePushedView(name: string, ttl_ms: number, description: string, features: readonly ViewFeature[]): PushedView {
  return {
    name,
    push_source: `${name}_push`,
    about: { description, owner: "whoever pushes", tags: { layer: "pushed" } },
    source: PUSHES,
    when_missing: "nulls",
    ttl_ms,
    market_hours: false,
    features,
    schema_hash: featureListHash(name, features),
  };
}

/** Nothing is known of what it was computed from. */
function pushed(name: string, unit: ViewFeature["unit"], description: string, range?: FeatureRange): ViewFeature {
  const limits = range === undefined ? {} : { range };
  return { name, version: 1, unit, description, formula: null, lookback_bars: 0, warm_up_bars: 0, leg: null, ...limits };
}
