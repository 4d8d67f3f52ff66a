import { MARKET_LAGS } from "./marketLags.ts";
import type { OnDemandView } from "./onDemandView.ts";
import { QUOTE_FEATURES } from "./quoteFeatures.ts";

/** All of them, a line each. Catalogue, retrieval and services go over this list. */
export const ON_DEMAND_VIEWS: readonly OnDemandView[] = [MARKET_LAGS, QUOTE_FEATURES];
