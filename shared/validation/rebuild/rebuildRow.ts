import { GRANULARITY_MS } from "../../domain/granularity.ts";
import { HOUR, type Instant } from "../../domain/instant.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { type BarSeries, countUntil, giveBackSeries, indexOfStart, sliceSeries } from "../../features/barSeries.ts";
import { computeRow, type FeatureView } from "../../features/featureView.ts";
import { createMarketWindow, type LegSeries } from "../../features/marketWindow.ts";
import { computeNewsRow } from "../../features/news/buildNewsRows.ts";
import { toNewsSeries } from "../../features/news/newsSeries.ts";
import type { NewsView } from "../../features/news/newsView.ts";
import { createNewsWindow } from "../../features/news/newsWindow.ts";
import type { SilverArticle } from "../../news/silverArticle.ts";

/** What the rows of one instrument are made of, over a span. */
export interface RowInputs {
  readonly instrument: Instrument;
  readonly market: FeatureView;
  readonly news: NewsView;
  /** The instrument's own bars, from the longest look-back before the first row on. */
  readonly series: BarSeries;
  /** All instruments' bars, the own among them or not. */
  readonly legs: LegSeries;
  /** Ascending by knowledge time. */
  readonly articles: readonly SilverArticle[];
}

/**
 * The market's values for the bar that ends at `event_time`, computed by the registered formulas on copies that hold the bars of its
 * look-back up to that moment and nothing else. A formula that reads beyond its window finds no future there, however it tries.
 * Null without such a bar.
 */
export function rebuildMarketRow({ instrument, market, series, legs }: RowInputs, event_time: Instant): Float64Array | null {
  const start = event_time - GRANULARITY_MS[series.granularity];
  const last = indexOfStart(series, start);
  if (last < 0) return null;
  const first = Math.max(0, last + 1 - market.lookback_bars);
  const own = sliceSeries(series, first, last + 1);
  const others = [...legs].map(
    ([leg, bars]) => [leg, sliceSeries(bars, countUntil(bars, own.start[0]! - 1), countUntil(bars, start))] as const,
  );
  const values = computeRow(market, createMarketWindow(instrument, own, own.length - 1, new Map([...others, [instrument, own]])));
  // The copies of one row are 200 kB, and a sample has hundreds of rows.
  giveBackSeries([own, ...others.map(([, bars]) => bars)]);
  return values;
}

/** The values of news of the full hour `event_time`, from the articles that were known by then and from no other. */
export function rebuildNewsRow({ instrument, news, articles }: RowInputs, event_time: Instant): Float64Array {
  const from = countKnown(articles, event_time - news.lookback_hours * HOUR);
  const known = articles.slice(from, countKnown(articles, event_time));
  return computeNewsRow(news, createNewsWindow(toNewsSeries(instrument, known), event_time, news.lookback_hours));
}

/** How many articles were known at `instant`. */
function countKnown(articles: readonly SilverArticle[], instant: Instant): number {
  let low = 0;
  let high = articles.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (articles[middle]!.available_at <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows, the newest, on which the bars of the other instruments are withheld. */
const WITHHELD_ROWS = 50;

/** Whether a feature of the market is another one when the other instruments have no bars. */
export function readsOtherInstruments(inputs: RowInputs, feature: string): boolean {
  const position = inputs.market.features.findIndex(({ name }) => name === feature);
  if (position < 0) return false;
  const { series } = inputs;
  const alone = { ...inputs, legs: new Map() };
  const bar_ms = GRANULARITY_MS[series.granularity];
  return Array.from(series.start.slice(-WITHHELD_ROWS)).some((start) => {
    const rebuilt = (given: RowInputs) => rebuildMarketRow(given, start + bar_ms)?.[position];
    return !Object.is(rebuilt(inputs), rebuilt(alone));
  });
}
