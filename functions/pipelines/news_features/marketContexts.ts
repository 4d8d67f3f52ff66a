import type { Article } from "../../../shared/domain/article.ts";
import { DAY } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { legsOf } from "../../../shared/domain/legs.ts";
import type { MarketContext } from "../../../shared/domain/marketContext.ts";
import { pointInTimeJoin } from "../../../shared/features/pointInTimeJoin.ts";
import { referenceOf, type ViewSchema } from "../../../shared/features/viewSchema.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";
import { goldViewOf } from "../common/goldViewOf.ts";
import type { Ports } from "../ports.ts";

/** Longer than the market is ever closed: a weekend with a holiday beside it. */
const LONGEST_CLOSE_MS = 5 * DAY;

/**
 * The market of each article's knowledge time, in their order: the newest gold row that was known by then. Never the nearest, which may
 * lie behind it, and never the latest. Null when that row is older than the view's TTL in market hours: what is not known is not told.
 * The rows of all articles are read at once.
 */
export async function marketContexts(ports: Ports, articles: readonly Article[]): Promise<readonly (MarketContext | null)[]> {
  const instrument = contextInstrument(ports.config.instruments);
  const times = articles.map((article) => article.available_at);
  if (instrument === null || times.length === 0) return articles.map(() => null);
  const view = goldViewOf(ports.config);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const rows = await ports.features.read(instrument, referenceOf(view), { start: first - LONGEST_CLOSE_MS, end: last }, last);
  const joined = pointInTimeJoin(
    times.map((event_time) => ({ event_time })),
    rows,
    { ttl_ms: view.ttl_ms, market_hours: view.market_hours },
  );
  return joined.map(({ row }) => (row === null ? null : toContext(instrument, view, row)));
}

/** USD_SGD where it is collected, else another pair with the Singapore dollar: news is read for what it means for that. */
function contextInstrument(instruments: readonly Instrument[]): Instrument | null {
  const with_sgd = instruments.filter((instrument) => Object.values(legsOf(instrument)).includes("SGD"));
  return with_sgd.find((instrument) => instrument === "USD_SGD") ?? with_sgd[0] ?? null;
}

function toContext(instrument: Instrument, view: ViewSchema, row: FeatureRow): MarketContext {
  const value = (name: string) => {
    const found = row.values[view.features.findIndex((feature) => feature.name === name)];
    return found === undefined || Number.isNaN(found) ? null : found;
  };
  return {
    instrument,
    event_time: row.event_time,
    mid: value("mid"),
    ret_1: value("ret_1"),
    ret_5: value("ret_5"),
    vol_20: value("vol_20"),
    zscore_20: value("zscore_20"),
    spread_pct: value("spread_pct"),
    high_vol_regime: value("high_vol_regime"),
  };
}
