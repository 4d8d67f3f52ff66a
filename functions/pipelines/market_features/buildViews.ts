import { z } from "zod";
import type { StepContext, StepOutcome } from "../../../shared/dag/step.ts";
import { DAY, type Instant, type TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { buildRowsOf } from "../../../shared/features/buildRows.ts";
import type { FeatureView } from "../../../shared/features/featureView.ts";
import { referenceOf, toRegisteredView } from "../../../shared/features/viewSchema.ts";
import { progressSchema } from "../common/progressSchema.ts";
import { readLegs, readSeries } from "../common/readSeries.ts";
import type { Ports } from "../ports.ts";

/**
 * Span that one slice builds. Half a year, so that a year takes two: a transaction, and the look-back read and gone over, cost the same for
 * a long one as for a short one. It is some 3,100 rows, of which gold has 2.1 MB, and three times that on the way to the database: four
 * slices at once, of two years of seven pairs, were seen to hold 20 MB.
 */
export const SLICE_MS = 183 * DAY;

export const buildReportSchema = z.strictObject({ read: z.int(), written: z.int() });

export const buildCursorSchema = buildReportSchema.extend({
  from: z.int(),
  /** Progress of each view when the build began, by schema: with a bar that came since, it may not be moved on. */
  progress: z.record(z.string(), progressSchema),
});
type BuildCursor = z.infer<typeof buildCursorSchema>;

/**
 * Builds the rows of the views for the task's instrument over its window, one slice a call. Where the views are not
 * current up to the window (after an outage, since a bar came late, or under a new schema), the build starts where they stopped being so.
 * Rows and progress are written with the end of the slice: a worker that is lost, or was taken over from, leaves none.
 */
export async function buildViews(
  ports: Ports,
  context: StepContext<BuildCursor>,
  wanted: readonly FeatureView[],
  legs: readonly Instrument[],
): Promise<StepOutcome<z.infer<typeof buildReportSchema>, BuildCursor>> {
  const instrument = context.map_key;
  const cut = context.cursor;
  const begun = cut && wanted.some((view) => isIn(cut, view)) ? cut : await begin(ports, instrument, wanted, context.window);
  const views = wanted.filter((view) => isIn(begun, view));
  const slice = { start: begun.from, end: Math.min(begun.from + SLICE_MS, context.window.end) };
  const counts = await buildSlice(ports, context, views, legs, slice);
  const cursor: BuildCursor = { ...begun, from: slice.end, read: begun.read + counts.read, written: begun.written + counts.written };
  const report = { read: cursor.read, written: cursor.written };
  if (slice.end < context.window.end) return { kind: "continue", cursor: { ...cursor }, report };
  const is_empty = cursor.written === 0;
  // Without a bar, the last interval stays open: its bar may only be late. What lies before need not be looked at again.
  finish(ports, context, views, cursor, is_empty ? context.window.start : context.window.end);
  return is_empty ? { kind: "skipped", reason: `${instrument} has no bar that ends in the window.` } : { kind: "success", report };
}

/** A view that came to be wanted while the others were being built is left to the next run. */
function isIn({ progress }: BuildCursor, { schema_hash }: FeatureView): boolean {
  return progress[schema_hash] !== undefined;
}

async function begin(ports: Ports, instrument: Instrument, views: readonly FeatureView[], window: TimeWindow): Promise<BuildCursor> {
  const progress = await ports.features.progressOf(instrument, views.map(referenceOf));
  const starts = await Promise.all(views.map((view, index) => startOf(ports, instrument, view, progress[index]!.built_until)));
  const from = Math.min(window.start, ...starts.map((start) => start ?? window.start));
  return { from, progress: Object.fromEntries(views.map((view, index) => [view.schema_hash, progress[index]!])), read: 0, written: 0 };
}

/**
 * Where a view stopped being current. One that was never built in its present schema starts where the view began in another: a formula got
 * a new version, or an instrument was added, and without the past there would be nothing to train on for a year. Null: nothing is there.
 */
async function startOf(ports: Ports, instrument: Instrument, view: FeatureView, built_until: Instant | null): Promise<Instant | null> {
  if (built_until !== null) return built_until;
  const first = await ports.features.firstRow(instrument, view.name);
  return first === null ? null : first - 1;
}

async function buildSlice(
  ports: Ports,
  context: StepContext,
  views: readonly FeatureView[],
  legs: readonly Instrument[],
  slice: TimeWindow,
): Promise<{ read: number; written: number }> {
  const instrument = context.map_key;
  const lookback = Math.max(...views.map((view) => view.lookback_bars));
  const series = await readSeries(ports.bars, instrument, slice, lookback);
  const legSeries = await readLegs(ports.bars, instrument, series, legs);
  let written = 0;
  for (const [i, rows] of buildRowsOf(views, instrument, series, legSeries, slice).entries()) {
    const view = views[i]!;
    if (rows.length === 0) continue;
    await ports.features.register(toRegisteredView(view));
    context.withSettlement(ports.features.prepareWrite(instrument, referenceOf(view), rows));
    written += rows.length;
  }
  return { read: series.length, written };
}

function finish(ports: Ports, context: StepContext, views: readonly FeatureView[], cursor: BuildCursor, built_until: Instant): void {
  for (const view of views) {
    const since = cursor.progress[view.schema_hash]!;
    const until = Math.max(since.built_until ?? built_until, built_until);
    context.withSettlement(ports.features.prepareAdvance(context.map_key, referenceOf(view), since, until));
  }
}
