import type { StepContext } from "../../../shared/dag/step.ts";
import type { TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { Checked } from "../../../shared/features/checks/checkRows.ts";
import type { FeatureView } from "../../../shared/features/featureView.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { addChecked } from "../common/soundRows.ts";
import type { Ports } from "../ports.ts";
import { buildBlock } from "./buildBlock.ts";
import { type BuildCursor, type BuildOutcome, beginBuild, outcomeOf, SLICE_MS } from "./buildCursor.ts";
import { progressAfter } from "./buildProgress.ts";
import { prepareRows, requireSoundViews, rowsOf } from "./viewRows.ts";

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
): Promise<BuildOutcome> {
  const whole = context.cursor === null ? await buildBlock(ports, [context], wanted, legs) : null;
  return whole?.[0] ?? buildNextSlice(ports, context, wanted, legs);
}

async function buildNextSlice(
  ports: Ports,
  context: StepContext<BuildCursor>,
  wanted: readonly FeatureView[],
  legs: readonly Instrument[],
): Promise<BuildOutcome> {
  const instrument = context.map_key;
  const cut = context.cursor;
  const begun = cut && wanted.some((view) => isIn(cut, view)) ? cut : await beginBuild(ports, instrument, wanted, context.window);
  const views = wanted.filter((view) => isIn(begun, view));
  const slice = { start: begun.from, end: Math.min(begun.from + SLICE_MS, context.window.end) };
  const counts = await buildSlice(ports, context, views, legs, slice);
  const report = {
    read: begun.read + counts.read,
    written: begun.written + counts.written,
    checks: addChecked(begun.checks, counts.checks),
  };
  const cursor: BuildCursor = { ...begun, ...report, from: slice.end };
  if (slice.end < context.window.end) return { kind: "continue", cursor: { ...cursor }, report };
  finish(ports, context, views, cursor);
  return outcomeOf(instrument, report);
}

/** A view that came to be wanted while the others were being built is left to the next run. */
function isIn({ progress }: BuildCursor, { schema_hash }: FeatureView): boolean {
  return progress[schema_hash] !== undefined;
}

async function buildSlice(
  ports: Ports,
  context: StepContext,
  views: readonly FeatureView[],
  legs: readonly Instrument[],
  slice: TimeWindow,
): Promise<{ read: number; written: number; checks: Checked }> {
  const built = await rowsOf(ports, context.map_key, views, legs, slice);
  const { starts, rows } = built;
  const checks = requireSoundViews(context.map_key, views, built, slice);
  for (const [i, view] of views.entries()) await prepareRows(ports, context, view, rows[i]!);
  return { read: starts.length, written: rows.reduce((sum, of_view) => sum + of_view.length, 0), checks };
}

function finish(ports: Ports, context: StepContext, views: readonly FeatureView[], cursor: BuildCursor): void {
  for (const view of views) {
    const since = cursor.progress[view.schema_hash]!;
    const [until] = progressAfter([since.built_until], context.window, cursor.written > 0);
    context.withSettlement(ports.features.prepareAdvance(context.map_key, referenceOf(view), since, until!));
  }
}
