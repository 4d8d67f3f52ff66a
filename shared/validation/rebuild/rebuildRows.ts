import { GRANULARITY_MS } from "../../domain/granularity.ts";
import { HOUR, type Instant } from "../../domain/instant.ts";
import { countUntil } from "../../features/barSeries.ts";
import { isWithinTtl } from "../../features/isWithinTtl.ts";
import { modelFeatureNames } from "../../features/modelFeatures.ts";
import type { TrainingSet } from "../../features/trainingSet.ts";
import type { ViewSchema } from "../../features/viewSchema.ts";
import { type LabelColumn, rebuildLabel } from "./rebuildLabel.ts";
import { type RowInputs, rebuildMarketRow, rebuildNewsRow } from "./rebuildRow.ts";

/** A value of the training set that is not what the registered formulas give; null where there is none. */
export interface RowDifference {
  /** Feature, or the column of the label. */
  readonly name: string;
  readonly event_time: Instant;
  readonly stored: number | null;
  readonly rebuilt: number | null;
}

/** How far the rows of a part of the sample are what they should be. */
export interface RebuiltRows {
  readonly rows: number;
  /** Rows that are those of an earlier bar or hour, as the point-in-time join takes them when the newest was not built yet. */
  readonly joined_later: number;
  /** Values that are not null and equal, by feature: a feature that is null in all rows has not been shown to be anything. */
  readonly equal: Readonly<Record<string, number>>;
  readonly differences: readonly RowDifference[];
}

/**
 * Rebuilds rows of a training set by the registered formulas, each from the bars and articles up to the moment at which the row says it
 * was known and no others, and its label from the bars up to the moment at which it says it was decided. Equal means equal to the bit,
 * as Object.is, with NaN for null; 0 and -0 are one, since Parquet keeps one of them. Values must have been built by the same runtime:
 * the last digits of a logarithm are the engine's.
 */
export function rebuildRows(set: TrainingSet, rows: readonly number[], inputs: RowInputs, horizon_bars: number): RebuiltRows {
  const halves = { market: columnsOf(set, inputs.market, inputs), news: columnsOf(set, inputs.news, inputs) };
  const span = newsSpan(halves.news);
  const counted = { joined_later: 0, equal: {} as Record<string, number>, differences: [] as RowDifference[] };
  for (const row of rows) {
    const moment = { event_time: set.event_time[row]!, known_at: set.known_at[row]! };
    const is_newsless = (row < span.first || row > span.last) && halves.news.every(({ values }) => Number.isNaN(values[row]!));
    const results = [
      compareHalf(halves.market, row, moment, marketCandidates(inputs, moment)),
      ...(is_newsless ? [] : [compareHalf(halves.news, row, moment, newsCandidates(inputs, moment))]),
    ];
    if (results.some(({ is_earlier }) => is_earlier)) counted.joined_later++;
    for (const { differences, equal } of results) {
      counted.differences.push(...differences);
      for (const name of equal) counted.equal[name] = (counted.equal[name] ?? 0) + 1;
    }
    counted.differences.push(...labelDifferences(set, row, inputs, horizon_bars), ...timeDifferences(moment));
  }
  return { rows: rows.length, ...counted };
}

/** Values of a pair's rows in columns that a model of it may not read: in a pooled set they are those of the other pairs, and empty in its own. */
export function valuesNotItsOwn(set: TrainingSet, rows: readonly number[], inputs: RowInputs): readonly RowDifference[] {
  const others = new Set(unknownFeatures(set.feature_names, inputs));
  return set.feature_names.flatMap((name, index) =>
    others.has(name) ? rows.flatMap((row) => differenceOf(name, set.event_time[row]!, set.features[index]![row]!, Number.NaN)) : [],
  );
}

/** Columns of a training set that no formula of the registry makes, or none that a model of this instrument may read. */
export function unknownFeatures(names: readonly string[], { market, news, instrument }: Pick<RowInputs, "market" | "news" | "instrument">) {
  const known = new Set([...modelFeatureNames(market, instrument), ...modelFeatureNames(news, instrument)]);
  return names.filter((name) => !known.has(name));
}

interface StoredColumn {
  readonly name: string;
  readonly values: Float64Array;
  /** Where the feature stands in a row of its view. */
  readonly position: number;
}

interface Moment {
  readonly event_time: Instant;
  readonly known_at: Instant;
}

interface Candidate {
  readonly values: Float64Array;
  /** It describes an earlier bar or hour than the row's own. */
  readonly is_earlier: boolean;
}

function columnsOf(set: TrainingSet, view: ViewSchema, { instrument }: RowInputs): readonly StoredColumn[] {
  const readable = new Set(modelFeatureNames(view, instrument));
  const positions = new Map(view.features.map(({ name }, position) => [name, position]));
  return set.feature_names.flatMap((name, index) =>
    readable.has(name) ? [{ name, values: set.features[index]!, position: positions.get(name)! }] : [],
  );
}

/**
 * First and last row that have news. Before the first article of a store, and behind the last build of news, rows have none, whatever was
 * known; between the two, a row without is a row that differs.
 */
function newsSpan(columns: readonly StoredColumn[]): { first: number; last: number } {
  const has = (row: number) => columns.some(({ values }) => !Number.isNaN(values[row]!));
  const rows = columns[0]?.values.length ?? 0;
  let first = 0;
  while (first < rows && !has(first)) first++;
  let last = rows - 1;
  while (last > first && !has(last)) last--;
  return { first, last };
}

/** The rows that the join may have taken: that of the bar that ended at the moment, else an earlier one within the view's TTL. */
function* marketCandidates(inputs: RowInputs, { event_time, known_at }: Moment): Generator<Candidate> {
  const { series, market } = inputs;
  const bar_ms = GRANULARITY_MS[series.granularity];
  for (let index = countUntil(series, Math.min(event_time, known_at) - bar_ms) - 1; index >= 0; index--) {
    const end = series.start[index]! + bar_ms;
    if (!isWithinTtl(end, event_time, market)) return;
    const values = rebuildMarketRow(inputs, end);
    if (values) yield { values, is_earlier: end < event_time };
  }
}

function* newsCandidates(inputs: RowInputs, { event_time, known_at }: Moment): Generator<Candidate> {
  const newest = Math.floor(Math.min(event_time, known_at) / HOUR) * HOUR;
  for (let hour = newest; isWithinTtl(hour, event_time, inputs.news); hour -= HOUR) {
    yield { values: rebuildNewsRow(inputs, hour), is_earlier: hour < Math.floor(event_time / HOUR) * HOUR };
  }
}

interface Compared {
  readonly is_earlier: boolean;
  readonly equal: readonly string[];
  readonly differences: readonly RowDifference[];
}

/** The first candidate that is equal in all columns; without one, what differs from the newest. */
function compareHalf(columns: readonly StoredColumn[], row: number, { event_time }: Moment, candidates: Iterable<Candidate>): Compared {
  let differences: readonly RowDifference[] | null = null;
  for (const { values, is_earlier } of candidates) {
    const found = columns.flatMap(({ name, values: stored, position }) => differenceOf(name, event_time, stored[row]!, values[position]!));
    const equal = columns.filter(({ values: stored }) => !Number.isNaN(stored[row]!)).map(({ name }) => name);
    if (found.length === 0) return { is_earlier, equal, differences: [] };
    differences ??= found;
  }
  const none = () => columns.flatMap(({ name, values: stored }) => differenceOf(name, event_time, stored[row]!, Number.NaN));
  return { is_earlier: false, equal: [], differences: differences ?? none() };
}

function labelDifferences(set: TrainingSet, row: number, { series }: RowInputs, horizon_bars: number): readonly RowDifference[] {
  const event_time = set.event_time[row]!;
  const rebuilt = rebuildLabel(series, event_time, set.label_end[row]!, horizon_bars);
  return (Object.keys(rebuilt) as LabelColumn[]).flatMap((name) => differenceOf(name, event_time, set[name][row]!, rebuilt[name]));
}

/** A row whose features were known after its event time is used before they are known. */
function timeDifferences({ event_time, known_at }: Moment): readonly RowDifference[] {
  return known_at <= event_time ? [] : [{ name: "known_at", event_time, stored: known_at, rebuilt: event_time }];
}

function differenceOf(name: string, event_time: Instant, stored: number, rebuilt: number): readonly RowDifference[] {
  if (stored === rebuilt || Object.is(stored, rebuilt)) return [];
  return [{ name, event_time, stored: orNull(stored), rebuilt: orNull(rebuilt) }];
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
