import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import { AppError } from "../errors.ts";
import { directionLabels } from "../labels/direction.ts";
import { netReturns } from "../labels/netReturn.ts";
import type { FeatureRow } from "../ports/featureStore.ts";
import type { BarSeries } from "./barSeries.ts";
import { modelFeatureNames } from "./modelFeatures.ts";
import { knownAt, pointInTimeJoin } from "./pointInTimeJoin.ts";
import type { ViewSchema } from "./viewSchema.ts";

/** Labelled rows of one instrument, ascending by event time, column by column. NaN stands for null. */
export interface TrainingSet {
  readonly instrument: Instrument;
  readonly event_time: Float64Array;
  /** When the last of the row's features, of the market or of news, became known. Never after event_time: the leak check looks. */
  readonly known_at: Float64Array;
  /** When the row's label is decided; purging goes by it. */
  readonly label_end: Float64Array;
  /** 1 when mid is higher at label_end than at event_time. */
  readonly y: Float64Array;
  /** Log return after the spread of a long and of a short trade entered at the next bar's open. For evaluation, never an input. */
  readonly long_net: Float64Array;
  readonly short_net: Float64Array;
  readonly feature_names: readonly string[];
  /** `features[i]` is the column of feature_names[i]. */
  readonly features: readonly Float64Array[];
}

/** Rows of one view, to be joined by their times. */
export interface ViewRows {
  readonly view: ViewSchema;
  readonly rows: readonly FeatureRow[];
}

export interface TrainingSetInput {
  readonly instrument: Instrument;
  /** The market's gold view: a bar without a row of it, fresh by its TTL, is left out. */
  readonly view: ViewSchema;
  readonly bars: BarSeries;
  readonly rows: readonly FeatureRow[];
  /** Gold of news. Where there is no row, its features are missing; without any article in all the time it gives no columns at all. */
  readonly news?: ViewRows;
  readonly horizon_bars: number;
  /** Nothing that was known later, label or feature, enters. */
  readonly as_of: Instant;
}

/**
 * Joins each bar's label to the feature rows known at the bar's end. A row enters when its label was decided by `as_of`;
 * ties and missing bars have no label, and a bar without a market row within the view's TTL is left out.
 */
export function assembleTrainingSet(input: TrainingSetInput): TrainingSet {
  const { view, instrument, as_of, news } = input;
  const nets = new Map(netReturns(input.bars, input.horizon_bars).map((net) => [net.event_time, net]));
  const labels = directionLabels(input.bars, input.horizon_bars).filter((label) => label.y !== null && label.label_available_at <= as_of);
  const joined = pointInTimeJoin(labels, input.rows, view).flatMap(({ entity, row }) => (row === null ? [] : [{ entity, row }]));
  const entities = joined.map(({ entity }) => entity);
  const market = columnsOf(
    view,
    instrument,
    joined.map(({ row }) => row),
  );
  const newsRows = news ? joinNews(entities, news) : null;
  const columns = [...market, ...(news && newsRows ? columnsOf(news.view, instrument, newsRows).filter(hasValue) : [])];
  requireDistinct(columns);
  const column = (pick: (entity: (typeof entities)[number], index: number) => number) => Float64Array.from(entities, pick);
  return {
    instrument,
    event_time: column((entity) => entity.event_time),
    known_at: column((_entity, index) => lastKnown(joined[index]!.row, newsRows?.[index])),
    label_end: column((entity) => entity.label_available_at),
    y: column((entity) => entity.y!),
    long_net: column((entity) => nets.get(entity.event_time)?.long ?? Number.NaN),
    short_net: column((entity) => nets.get(entity.event_time)?.short ?? Number.NaN),
    feature_names: columns.map(({ name }) => name),
    features: columns.map(({ values }) => values),
  };
}

/** The news known at each moment; null when there was none in any of them: a model learns nothing from what it has never seen. */
function joinNews(entities: readonly { readonly event_time: Instant }[], { view, rows }: ViewRows): readonly (FeatureRow | null)[] | null {
  const joined = pointInTimeJoin(entities, rows, view).map(({ row }) => row);
  const counts = view.features.flatMap((feature, index) => (feature.unit === "articles" ? [index] : []));
  return joined.some((row) => counts.some((index) => row !== null && row.values[index]! > 0)) ? joined : null;
}

function lastKnown(market: FeatureRow, news: FeatureRow | null | undefined): Instant {
  return news ? Math.max(knownAt(market), knownAt(news)) : knownAt(market);
}

interface Column {
  readonly name: string;
  readonly values: Float64Array;
}

function columnsOf(view: ViewSchema, instrument: Instrument, rows: readonly (FeatureRow | null)[]): readonly Column[] {
  const positions = new Map(view.features.map((feature, index) => [feature.name, index]));
  return modelFeatureNames(view, instrument).map((name) => {
    const position = positions.get(name)!;
    return { name, values: Float64Array.from(rows, (row) => row?.values[position] ?? Number.NaN) };
  });
}

function hasValue({ values }: Column): boolean {
  return values.some((value) => !Number.isNaN(value));
}

function requireDistinct(columns: readonly Column[]): void {
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new AppError("schema_mismatch", `Two views have a feature "${twice}": a model could not tell them apart.`);
}
