import type { StepContext } from "../../../shared/dag/step.ts";
import { BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import type { TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { giveBackSeries } from "../../../shared/features/barSeries.ts";
import { buildRowsOf } from "../../../shared/features/buildRows.ts";
import type { Checked } from "../../../shared/features/checks/checkRows.ts";
import type { FeatureView } from "../../../shared/features/featureView.ts";
import { referenceOf, toRegisteredView } from "../../../shared/features/viewSchema.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";
import { readLegs, readSeries } from "../common/readSeries.ts";
import { addChecked, NOTHING_CHECKED, requireSound } from "../common/soundRows.ts";
import type { Ports } from "../ports.ts";

export interface BuiltRows {
  readonly starts: Float64Array;
  readonly rows: readonly (readonly FeatureRow[])[];
}

/** The rows of each view over the slice, and when the bars start that they were made of. */
export async function rowsOf(
  ports: Ports,
  instrument: Instrument,
  views: readonly FeatureView[],
  legs: readonly Instrument[],
  slice: TimeWindow,
): Promise<BuiltRows> {
  const series = await readSeries(ports.bars, instrument, slice, lookbackOf(views));
  const legSeries = await readLegs(ports.bars, instrument, series, legs);
  const rows = buildRowsOf(views, instrument, series, legSeries, slice);
  const starts = series.start.slice();
  giveBackSeries([series, ...legSeries.values()]);
  return { starts, rows };
}

/** Checks the rows of each view that end in the slice, which must be one a bar, and counts them; throws where they are not sound. */
export function requireSoundViews(
  instrument: Instrument,
  views: readonly FeatureView[],
  { starts, rows }: BuiltRows,
  slice: TimeWindow,
): Checked {
  const before = starts.filter((start) => start + BASE_GRANULARITY_MS <= slice.start).length;
  const expected = starts.filter((start) => start + BASE_GRANULARITY_MS <= slice.end).length - before;
  return views
    .map((view, index) => {
      const own = rows[index]!.filter(({ event_time }) => event_time > slice.start && event_time <= slice.end);
      return requireSound(instrument, view, own, { expected, before });
    })
    .reduce(addChecked, NOTHING_CHECKED);
}

export function lookbackOf(views: readonly FeatureView[]): number {
  return Math.max(...views.map((view) => view.lookback_bars));
}

/** Has rows of a view written with the settlement; of none, nothing is. */
export async function prepareRows(ports: Ports, context: StepContext, view: FeatureView, rows: readonly FeatureRow[]): Promise<void> {
  if (rows.length === 0) return;
  await ports.features.register(toRegisteredView(view));
  context.withSettlement(ports.features.prepareWrite(context.map_key, referenceOf(view), rows));
}
