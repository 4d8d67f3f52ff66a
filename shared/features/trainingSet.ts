import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import { directionLabels } from "../labels/direction.ts";
import { netReturns } from "../labels/netReturn.ts";
import type { FeatureRow } from "../ports/featureStore.ts";
import type { BarSeries } from "./barSeries.ts";
import type { FeatureView } from "./featureView.ts";
import { modelFeatureNames } from "./modelFeatures.ts";
import { pointInTimeJoin } from "./pointInTimeJoin.ts";

/** Labelled rows of one instrument, ascending by event time, column by column. NaN stands for null. */
export interface TrainingSet {
  readonly instrument: Instrument;
  readonly event_time: Float64Array;
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

export interface TrainingSetInput {
  readonly instrument: Instrument;
  readonly view: FeatureView;
  readonly bars: BarSeries;
  readonly rows: readonly FeatureRow[];
  readonly horizon_bars: number;
  /** Nothing that was known later, label or feature, enters. */
  readonly as_of: Instant;
}

/**
 * Joins each bar's label to the feature row known at the bar's end. A row enters when its label was decided by `as_of`;
 * ties and missing bars have no label, and a bar without a row within the view's TTL is left out.
 */
export function assembleTrainingSet(input: TrainingSetInput): TrainingSet {
  const { view, instrument, as_of } = input;
  const nets = new Map(netReturns(input.bars, input.horizon_bars).map((net) => [net.event_time, net]));
  const labels = directionLabels(input.bars, input.horizon_bars).filter((label) => label.y !== null && label.label_available_at <= as_of);
  const joined = pointInTimeJoin(labels, input.rows, { ttl_ms: view.ttl_ms, market_hours: true }).filter(({ row }) => row !== null);
  const feature_names = modelFeatureNames(view, instrument);
  const positions = new Map(view.features.map((feature, index) => [feature.name, index]));
  const column = (pick: (entry: (typeof joined)[number]) => number) => Float64Array.from(joined, pick);
  return {
    instrument,
    event_time: column(({ entity }) => entity.event_time),
    label_end: column(({ entity }) => entity.label_available_at),
    y: column(({ entity }) => entity.y!),
    long_net: column(({ entity }) => nets.get(entity.event_time)?.long ?? Number.NaN),
    short_net: column(({ entity }) => nets.get(entity.event_time)?.short ?? Number.NaN),
    feature_names,
    features: feature_names.map((name) => {
      const position = positions.get(name)!;
      return column(({ row }) => row!.values[position]!);
    }),
  };
}
