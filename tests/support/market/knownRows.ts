import { type Bar, barEnd } from "../../../shared/domain/bar.ts";
import { BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { buildRows } from "../../../shared/features/buildRows.ts";
import type { FeatureView } from "../../../shared/features/featureView.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";

/** Further back than any view looks (722 bars, six weeks), and a week more for the first returns of the legs. */
const HISTORY_MS = 70 * DAY;

/** The bars that were known at `at`, of the time that any row of then looks back to. */
export function knownBars(bars: readonly Bar[], at: Instant): Bar[] {
  return bars.filter((bar) => barEnd(bar) <= at && bar.start >= at - HISTORY_MS);
}

/** The row with event time `at`, built from nothing but `known`; undefined when no bar of the instrument ends then. */
export function rowFrom(
  view: FeatureView,
  instrument: Instrument,
  known: ReadonlyMap<Instrument, readonly Bar[]>,
  at: Instant,
): FeatureRow | undefined {
  const series = new Map([...known].map(([leg, bars]) => [leg, toBarSeries(bars)]));
  const own = series.get(instrument);
  return own && buildRows(view, instrument, own, series, { start: at - BASE_GRANULARITY_MS, end: at })[0];
}

/**
 * The runtimes' Math.log and Math.sin may round the last bit differently (Node 24 and workerd 2026-10 do), and a feature
 * that takes differences of such values makes more of it. A bar that is looked at or not changes a value by far more.
 */
const ROUNDING = { relative: 1e-9, absolute: 1e-13 } as const;

/** Names of the features whose values differ by more than the rounding of another runtime. */
export function differingFeatures(view: FeatureView, a: Float64Array, b: Float64Array): string[] {
  if (a.length !== b.length) return [`${a.length} values in place of ${b.length}`];
  return view.features.filter((_feature, index) => !isEqual(a[index]!, b[index]!)).map((feature) => feature.name);
}

function isEqual(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= Math.max(ROUNDING.absolute, ROUNDING.relative * Math.abs(b));
}
