import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import { AppError } from "../errors.ts";
import { directionLabels } from "../labels/direction.ts";
import { netReturns } from "../labels/netReturn.ts";
import type { FeatureRow } from "../ports/featureStore.ts";
import type { BarSeries } from "./barSeries.ts";
import { modelFeatureNames } from "./modelFeatures.ts";
import { type EntityRow, knownAt, pointInTimeJoin } from "./pointInTimeJoin.ts";
import type { ViewSchema } from "./viewSchema.ts";

/** Labelled rows of one instrument, ascending by event time, column by column. NaN stands for null. */
export interface TrainingSet {
  readonly instrument: Instrument;
  readonly event_time: Float64Array;
  /** When the last of the row's features, of whatever view, became known. Never after event_time: the leak check looks. */
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
  readonly bars: BarSeries;
  /** In the order of the columns. What a bar without a fresh row is goes by each view's when_missing. */
  readonly views: readonly ViewRows[];
  readonly horizon_bars: number;
  /** Nothing that was known later, label or feature, enters. */
  readonly as_of: Instant;
}

/**
 * Joins each bar's label to the feature rows known at the bar's end. A row enters when its label was decided by `as_of`;
 * ties and missing bars have no label, and a bar that lacks a row which it cannot be without is left out. A view whose rows say nothing in
 * all the time, and columns without any value of one that may be missing, do not enter: a model learns nothing from what it never saw.
 */
export function assembleTrainingSet({ instrument, bars, views, horizon_bars, as_of }: TrainingSetInput): TrainingSet {
  const nets = new Map(netReturns(bars, horizon_bars).map((net) => [net.event_time, net]));
  const labels = directionLabels(bars, horizon_bars).filter((label) => label.y !== null && label.label_available_at <= as_of);
  const { entities, joined } = joinViews(labels, views);
  const told = joined.filter(({ view, rows }) => view.when_missing === "no_row" || rows.some((row) => saysSomething(view, row)));
  const columns = told.flatMap(({ view, rows }) => columnsOf(view, instrument, rows));
  requireDistinct(columns);
  const column = (pick: (entity: (typeof entities)[number], index: number) => number) => Float64Array.from(entities, pick);
  return {
    instrument,
    event_time: column((entity) => entity.event_time),
    known_at: column((_entity, index) => lastKnown(told, index)),
    label_end: column((entity) => entity.label_available_at),
    y: column((entity) => entity.y!),
    long_net: column((entity) => nets.get(entity.event_time)?.long ?? Number.NaN),
    short_net: column((entity) => nets.get(entity.event_time)?.short ?? Number.NaN),
    feature_names: columns.map(({ name }) => name),
    features: columns.map(({ values }) => values),
  };
}

interface JoinedView {
  readonly view: ViewSchema;
  /** Of each moment the row that was known then. */
  readonly rows: readonly (FeatureRow | null)[];
}

/** The moments that lack no row which they cannot be without, and each view's rows at them. */
function joinViews<Entity extends EntityRow>(
  all: readonly Entity[],
  views: readonly ViewRows[],
): { entities: readonly Entity[]; joined: readonly JoinedView[] } {
  const whole = views.map(({ view, rows }) => ({ view, rows: pointInTimeJoin(all, rows, view).map(({ row }) => row) }));
  const kept = all.flatMap((_entity, index) =>
    whole.every(({ view, rows }) => rows[index] !== null || view.when_missing !== "no_row") ? [index] : [],
  );
  return {
    entities: kept.map((index) => all[index]!),
    joined: whole.map(({ view, rows }) => ({ view, rows: kept.map((index) => rows[index]!) })),
  };
}

function lastKnown(views: readonly JoinedView[], index: number): Instant {
  return views.reduce((last, { rows }) => Math.max(last, rows[index] ? knownAt(rows[index]) : last), Number.NEGATIVE_INFINITY);
}

/** A row that counts articles says something when there are any; another one when it has a value. */
function saysSomething({ features }: ViewSchema, row: FeatureRow | null): boolean {
  if (row === null) return false;
  const counts = features.flatMap(({ unit }, index) => (unit === "articles" ? [index] : []));
  return counts.length > 0 ? counts.some((index) => row.values[index]! > 0) : row.values.some((value) => !Number.isNaN(value));
}

interface Column {
  readonly name: string;
  readonly values: Float64Array;
}

function columnsOf(view: ViewSchema, instrument: Instrument, rows: readonly (FeatureRow | null)[]): readonly Column[] {
  const positions = new Map(view.features.map((feature, index) => [feature.name, index]));
  const columns = modelFeatureNames(view, instrument).map((name) => ({
    name,
    position: positions.get(name)!,
    values: new Float64Array(rows.length).fill(Number.NaN),
  }));
  // Row by row: a row's values lie together, and are fetched once.
  for (const [index, row] of rows.entries()) {
    if (row !== null) for (const { position, values } of columns) values[index] = row.values[position]!;
  }
  return view.when_missing === "no_row" ? columns : columns.filter(hasValue);
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
