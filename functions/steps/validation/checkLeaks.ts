import { BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { DAY, HOUR, type Instant } from "../../../shared/domain/instant.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import type { ModelCard } from "../../../shared/models/modelCard.ts";
import type { LeakVerdict } from "../../../shared/validation/leakVerdict.ts";
import { addToTally, EMPTY_TALLY, type RebuildTally, rebuildCheck } from "../../../shared/validation/rebuild/rebuildCheck.ts";
import type { RowInputs } from "../../../shared/validation/rebuild/rebuildRow.ts";
import { rebuildRows, unknownFeatures } from "../../../shared/validation/rebuild/rebuildRows.ts";
import { sampleRows } from "../../../shared/validation/rebuild/sampleRows.ts";
import { goldViewOf } from "../features/goldViewOf.ts";
import { readLegs, readSeries } from "../features/readSeries.ts";
import { readModelCard } from "../monitoring/productionModel.ts";
import type { PipelineStep, Ports } from "../ports.ts";
import { type Dataset, readDataset } from "../training/readDataset.ts";

/** Span that one slice rebuilds: with its look-back some 4,000 bars an instrument, and a few thousand articles. */
const SLICE_MS = 120 * DAY;
/** Bars more than the look-back: a row may be that of an earlier bar within the view's TTL. */
const EARLIER_BARS = 8;

interface CheckCursor {
  /** Position in the sample. */
  readonly at: number;
  readonly tally: RebuildTally;
}

/**
 * Looks for knowledge of the future in a staged model's training set, without a threshold: a sample of its rows is rebuilt by the
 * registered formulas from the bars and articles that each row says it was known by, and must be the same to the bit. The sample is
 * gone through a slice of time a call.
 */
export const checkLeaks: PipelineStep = async (ports, context) => {
  const [name, version, source] = ["name", "version", "source"].map((fact) => String(context.upstream("load_staging")?.[fact])) as [
    string,
    string,
    string,
  ];
  const card = await readModelCard(ports, { name, version, source });
  const dataset = await readDataset(ports, card.dataset);
  const refusal = whyNotComparable(ports, card, dataset);
  if (refusal) return { kind: "success", report: { checks: [{ name: "rebuild_check", passed: false, detail: refusal }] } };

  const sample = sampleRows(dataset.set.event_time, card.dataset);
  const begun = (context.cursor as CheckCursor | null) ?? { at: 0, tally: EMPTY_TALLY };
  const slice = nextSlice(dataset, sample, begun.at);
  const tally = addToTally(begun.tally, await rebuildSlice(ports, card, dataset, slice));
  const at = begun.at + slice.length;
  if (at < sample.length) return { kind: "continue", cursor: { at, tally }, report: { read: tally.rows } };

  const checks: readonly LeakVerdict[] = [rebuildCheck(tally, unknownFeatures(dataset.set.feature_names, viewsOf(ports, card)))];
  for (const { name: check, passed, detail } of checks) context.log(`${check} ${passed ? "passed" : "failed"}: ${detail}`);
  return { kind: "success", report: { read: tally.rows, checks } };
};

/** Why the set cannot be compared with what this installation builds; null when it can. */
function whyNotComparable(ports: Ports, card: ModelCard, { parquet, manifest }: Dataset): string | null {
  if (sha256Hex(parquet) !== manifest.sha256)
    return `training set ${manifest.key} in the lake is not the one that its name says: it was changed`;
  const present = [goldViewOf(ports.config), NEWS_FEATURES].map(referenceOf);
  const other = card.views.find(
    (trained) => !present.some(({ view, schema_hash }) => view === trained.view && schema_hash === trained.schema_hash),
  );
  return other ? `it was trained on ${other.view}@${other.schema_hash}, which this installation no longer builds: train again` : null;
}

function nextSlice({ set }: Dataset, sample: readonly number[], at: number): readonly number[] {
  const until = set.event_time[sample[at]!]! + SLICE_MS;
  return sample.slice(at).filter((row) => set.event_time[row]! < until);
}

async function rebuildSlice(ports: Ports, card: ModelCard, { set }: Dataset, rows: readonly number[]) {
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const span = { start: set.event_time[first]!, end: set.event_time[last]!, decided: Math.max(...rows.map((row) => set.label_end[row]!)) };
  return rebuildRows(set, rows, await readInputs(ports, card, span), card.horizon_bars);
}

/** Bars and articles over the span, each read once; every row is then given its own cut of them. */
async function readInputs(ports: Ports, card: ModelCard, span: { start: Instant; end: Instant; decided: Instant }): Promise<RowInputs> {
  const views = viewsOf(ports, card);
  const { instrument, market, news } = views;
  const window = { start: span.start - BASE_GRANULARITY_MS, end: span.decided };
  const series = await readSeries(ports.bars, instrument, window, market.lookback_bars + EARLIER_BARS);
  const legs = await readLegs(ports.bars, instrument, series, ports.config.instruments);
  const reads_news = card.views.some(({ view }) => view === news.name);
  const since = span.start - news.ttl_ms - (news.lookback_hours + 1) * HOUR;
  const articles = reads_news ? await ports.sentiments.silver({ start: since, end: span.end }) : [];
  return { ...views, series, legs, articles };
}

function viewsOf(ports: Ports, { instrument }: ModelCard): Pick<RowInputs, "instrument" | "market" | "news"> {
  return { instrument, market: goldViewOf(ports.config), news: NEWS_FEATURES };
}
