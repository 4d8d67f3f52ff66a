import { BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { DAY, HOUR } from "../../../shared/domain/instant.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import type { ModelCard } from "../../../shared/models/modelCard.ts";
import type { RowInputs } from "../../../shared/validation/rebuild/rebuildRow.ts";
import { goldViewOf } from "../common/goldViewOf.ts";
import { readLegs, readSeries } from "../common/readSeries.ts";
import type { Ports } from "../ports.ts";

/** Span that one slice rebuilds: with its look-back some 4,000 bars an instrument, and a few thousand articles. */
const SLICE_MS = 120 * DAY;
/** Bars more than the look-back: a row may be that of an earlier bar within the view's TTL. */
const EARLIER_BARS = 8;

/** The rows of the sample from position `at` on that one slice rebuilds. */
export function sliceOfSample({ event_time }: TrainingSet, sample: readonly number[], at: number): readonly number[] {
  const until = event_time[sample[at]!]! + SLICE_MS;
  return sample.slice(at).filter((row) => event_time[row]! < until);
}

/** Bars and articles that the rows of a slice are made of, each read once; every row is then given its own cut of them. */
export async function inputsOfSlice(ports: Ports, card: ModelCard, set: TrainingSet, rows: readonly number[]): Promise<RowInputs> {
  const views = rebuiltViews(ports, card);
  const { instrument, market, news } = views;
  const [first, last] = [set.event_time[rows[0]!]!, set.event_time[rows.at(-1)!]!];
  const window = { start: first - BASE_GRANULARITY_MS, end: Math.max(...rows.map((row) => set.label_end[row]!)) };
  const series = await readSeries(ports.bars, instrument, window, market.lookback_bars + EARLIER_BARS);
  const legs = await readLegs(ports.bars, instrument, series, ports.config.instruments);
  const reads_news = card.views.some(({ view }) => view === news.name);
  const since = first - news.ttl_ms - (news.lookback_hours + 1) * HOUR;
  const articles = reads_news ? await ports.sentiments.silver({ start: since, end: last }) : [];
  return { ...views, series, legs, articles };
}

/** The views whose formulas a model's rows are rebuilt by. */
export function rebuiltViews(ports: Pick<Ports, "config">, { instrument }: ModelCard): Pick<RowInputs, "instrument" | "market" | "news"> {
  return { instrument, market: goldViewOf(ports.config), news: NEWS_FEATURES };
}
