import type { StepContext } from "../../../shared/dag/step.ts";
import type { TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { giveBackSeries } from "../../../shared/features/barSeries.ts";
import { buildRowsOf } from "../../../shared/features/buildRows.ts";
import type { FeatureView } from "../../../shared/features/featureView.ts";
import { referenceOf, toRegisteredView } from "../../../shared/features/viewSchema.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";
import { readLegs, readSeries } from "../common/readSeries.ts";
import type { Ports } from "../ports.ts";

/** The rows of each view over the slice, and when the bars start that they were made of. */
export async function rowsOf(
  ports: Ports,
  instrument: Instrument,
  views: readonly FeatureView[],
  legs: readonly Instrument[],
  slice: TimeWindow,
): Promise<{ readonly starts: Float64Array; readonly rows: readonly (readonly FeatureRow[])[] }> {
  const series = await readSeries(ports.bars, instrument, slice, lookbackOf(views));
  const legSeries = await readLegs(ports.bars, instrument, series, legs);
  const rows = buildRowsOf(views, instrument, series, legSeries, slice);
  const starts = series.start.slice();
  giveBackSeries([series, ...legSeries.values()]);
  return { starts, rows };
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
